using System.Collections.Immutable;

namespace Mfa.Core;

public partial record Account
{
    /// <summary>What happened between an account as it was and this one, in order; nothing where only counts changed.</summary>
    /// <param name="before">The account as it was.</param>
    /// <param name="now">When it changed.</param>
    public ImmutableArray<AuditEntry> Since(Account before, DateTimeOffset now)
    {
        if (ReferenceEquals(this, before))
        {
            return [];
        }

        if (ErasedAt != before.ErasedAt)
        {
            return [Entry(AuditKind.Erased)];
        }

        var told = new List<AuditEntry>();
        void If(bool happened, Func<AuditEntry> entry)
        {
            if (happened)
            {
                told.Add(entry());
            }
        }

        var blocked = before.BlockedAt is null && BlockedAt is not null;
        var moved = Epoch != before.Epoch;
        If(blocked, () => Entry(AuditKind.Blocked));
        If(moved && !blocked, () => Entry(AuditKind.Reset));
        If(before.BlockedAt is not null && BlockedAt is null, () => Entry(AuditKind.Unblocked));
        If(Required != before.Required || GraceUntil != before.GraceUntil, () => Entry(AuditKind.RequirementChanged) with { State = !Required ? "notRequired" : GraceUntil is { } until ? $"requiredFrom {until.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}" : "required" });
        If(OfficePhone != before.OfficePhone, () => Entry(AuditKind.OfficePhoneChanged) with { Phone = OfficePhone?.Masked });
        foreach (var kind in Enum.GetValues<MethodKind>())
        {
            var (was, wrong) = (before.WrongCodes.GetValueOrDefault(kind)?.InARow ?? 0, WrongCodes.GetValueOrDefault(kind)?.InARow ?? 0);
            If(wrong > was, () => Entry(AuditKind.WrongCode) with { Method = kind });
            If(PausedUntil.GetValueOrDefault(kind) > before.PausedUntil.GetValueOrDefault(kind), () => Entry(AuditKind.MethodPaused) with { Method = kind });
        }

        If((RecoveryCodes?.Wrong?.InARow ?? 0) > (before.RecoveryCodes?.Wrong?.InARow ?? 0), () => Entry(AuditKind.WrongCode) with { By = nameof(ProofKind.RecoveryCode) });
        If((Bypass?.Wrong?.InARow ?? 0) > (before.Bypass?.Wrong?.InARow ?? 0), () => Entry(AuditKind.WrongCode) with { By = nameof(ProofKind.Bypass) });
        foreach (var (id, device) in Devices)
        {
            If(device.WrongPins > (before.Method(id)?.Device?.WrongPins ?? device.WrongPins), () => Of(AuditKind.WrongPin, Method(id)!));
        }

        told.AddRange(Enumerable.Repeat(Entry(AuditKind.WrongCode), Math.Max(0, Unjudged - before.Unjudged)));
        // A method that takes another's place is told first: a reader never sees an account without any, which would have lost its recovery codes.
        told.AddRange(Methods.Where(m => before.Methods.All(n => n.Id != m.Id || n.VerifiedAt != m.VerifiedAt)).Select(m => Of(AuditKind.MethodAdded, m)));
        told.AddRange(before.Methods.Where(m => Methods.All(n => n.Id != m.Id)).Select(m => Of(AuditKind.MethodRemoved, m)));
        If(!moved && before.Preferred is not null && Preferred is not null && Preferred != before.Preferred, () => Entry(AuditKind.PreferredChanged) with { MethodId = Preferred!.MethodId, How = Preferred.How });
        var sameCodes = RecoveryCodes is { } codes && before.RecoveryCodes is { } older && codes.Hashes.All(older.Hashes.Contains);
        If(RecoveryCodes is not null && !sameCodes, () => Entry(AuditKind.RecoveryCodesMade));
        If(sameCodes && RecoveryCodes!.Hashes.Length < before.RecoveryCodes!.Hashes.Length, () => Entry(AuditKind.RecoveryCodeUsed));
        If(Bypass is not null && Bypass.CreatedAt != before.Bypass?.CreatedAt, () => Entry(AuditKind.BypassMade));
        If(!moved && before.Bypass is { } bypass && (Bypass is null || (Bypass.CreatedAt == bypass.CreatedAt && Bypass.UsesLeft < bypass.UsesLeft)), () => Entry(AuditKind.BypassUsed));
        foreach (var browser in Browsers)
        {
            var known = before.Browsers.FirstOrDefault(b => b.Id == browser.Id);
            If(known is null || known.UsedAt != browser.UsedAt, () => Entry(known is null ? AuditKind.BrowserRemembered : AuditKind.BrowserUsed) with { Client = browser.Client, Application = browser.Application });
        }

        told.AddRange(before.Browsers.Where(b => Browsers.All(n => n.Id != b.Id)).Select(b => Entry(AuditKind.BrowserForgotten) with { Client = b.Client, Application = b.Application }));
        told.AddRange(AppPasswords.Where(p => before.AppPasswords.All(q => q.Id != p.Id)).Select(p => Entry(AuditKind.AppPasswordMade) with { Application = p.Name }));
        told.AddRange(before.AppPasswords.Where(p => AppPasswords.All(q => q.Id != p.Id)).Select(p => Entry(AuditKind.AppPasswordRevoked) with { Application = p.Name }));
        foreach (var (client, wrong) in WrongPasswords)
        {
            If(before.WrongPasswords.GetValueOrDefault(client) is not { } was || wrong.Since > was.Since, () => Entry(AuditKind.WrongAppPassword) with { Client = client });
        }

        return [.. told];

        AuditEntry Entry(AuditKind kind) => new() { Kind = kind, At = now };
        AuditEntry Of(AuditKind kind, ContactMethod method) => Entry(kind) with { Method = method.Kind, MethodId = method.Id, How = method.How, Phone = method.Phone?.Masked };
    }
}
