using System.Collections.Immutable;

namespace Mfa.Core;

public partial record Holder
{
    /// <summary>What happened between a holder as it was and this one, in order.</summary>
    /// <param name="before">The holder as it was; null where it is new.</param>
    /// <param name="now">When it changed.</param>
    public ImmutableArray<AuditEntry> Since(Holder? before, DateTimeOffset now)
    {
        if (Tells is not null)
        {
            // It tells of what has its own entry.
            return [];
        }

        var told = ImmutableArray.CreateBuilder<AuditEntry>();
        if (before is null)
        {
            told.AddRange(Begun(Entry(AuditKind.Contacted, now)));
        }

        var (was, v) = (before?.Verification, Verification);
        if (was is { IsFinal: false } && was.Id != v?.Id)
        {
            told.Add(before!.Entry(AuditKind.ContactEnded, now) with { How = was.How, State = nameof(VerificationState.Cancelled) });
        }

        if (v is { How: not How.Code } && (v.Id != was?.Id || v.Attempt > was.Attempt))
        {
            told.Add(Entry(AuditKind.Contacted, now) with { How = v.How });
        }

        if (v is { IsFinal: true } && !(was is { IsFinal: true } && was.Id == v.Id))
        {
            told.Add(Entry(AuditKind.ContactEnded, now) with { How = v.How, State = $"{v.State}", Reason = v.Reason?.ToString() });
        }

        if (EndedAt is not null && before?.EndedAt is null)
        {
            told.AddRange(Over(Entry(AuditKind.ContactEnded, now)));
        }

        return told.ToImmutable();
    }

    /// <summary>An entry of something that happened in it.</summary>
    protected virtual AuditEntry Entry(AuditKind kind, DateTimeOffset now) =>
        new() { Kind = kind, At = now, HolderId = Id, Method = Kind, How = How, Phone = Phone?.Masked };

    /// <summary>What is told when it is new.</summary>
    protected virtual IEnumerable<AuditEntry> Begun(AuditEntry entry) => [];

    /// <summary>What is told when it ends.</summary>
    protected virtual IEnumerable<AuditEntry> Over(AuditEntry entry) => [];
}
