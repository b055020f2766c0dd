using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>A text that tells a user of a change, on a phone that they proved before it. Nobody answers it.</summary>
public sealed record Notice : Holder
{
    // What a user has to hear of who didn't do it, the gravest first.
    private static readonly ImmutableArray<AuditKind> s_told =
    [
        AuditKind.Reset, AuditKind.MethodRemoved, AuditKind.MethodAdded, AuditKind.RecoveryCodeUsed, AuditKind.BypassUsed, AuditKind.RecoveryCodesMade,
        AuditKind.AppPasswordMade, AuditKind.BrowserReused,
    ];

    /// <summary>What it tells of.</summary>
    public required AuditKind What { get; init; }

    public override AuditKind? Tells => What;

    /// <summary>What is to be told of a change, and on which phone; null where nothing is, or there is no other phone that takes texts.</summary>
    /// <param name="entries">What happened.</param>
    /// <param name="before">The account before it.</param>
    public static (AuditKind What, PhoneNumber To)? Of(IReadOnlyCollection<AuditEntry> entries, Account before)
    {
        foreach (var kind in s_told)
        {
            if (entries.FirstOrDefault(e => e.Kind == kind) is { } entry)
            {
                // The one that is changed comes last: what is added tells nobody of itself, what is removed still may.
                var phones = before.Methods.Where(m => m is { Kind: MethodKind.AuthenticationPhone, Phone.CanBeMobile: true }).OrderBy(m => m.Id == entry.MethodId).ToList();
                return phones.Count == 0 || (kind == AuditKind.MethodAdded && phones[0].Id == entry.MethodId) ? null : (kind, phones[0].Phone!);
            }
        }

        return null;
    }

    protected override Notice Cancel(DateTimeOffset now) => EndedAt is null ? this with { EndedAt = now } : this;

    // No proof is ever asked of it.
    protected override (Holder Holder, Account Account) Verified(Account account, AccountPolicy policy, DateTimeOffset now) => (this, account);
}
