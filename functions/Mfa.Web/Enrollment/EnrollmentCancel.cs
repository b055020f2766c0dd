using System.Collections.Immutable;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>Calls an enrollment off, with its verification: a call that is on the line is hung up.</summary>
public sealed class EnrollmentCancel(EnrollmentRows rows, RowLocks locks, VerificationAdvance advance, TimeProvider time)
{
    private const int TriesAtMost = 20;

    /// <summary>Calls it off; one that has ended stays as it is.</summary>
    /// <returns>The enrollment as it stands saved; null where it is gone.</returns>
    public async Task<StoredEnrollment?> RunAsync(StoredEnrollment stored, CancellationToken cancel)
    {
        StoredEnrollment? saved;
        ImmutableArray<PendingEffect> effects;
        using (await locks.TakeAsync(stored.Enrollment.Id, cancel))
        {
            (saved, effects) = await SaveAsync(stored);
        }

        return saved is null ? null : await advance.PerformAsync(saved, effects);
    }

    private async Task<(StoredEnrollment? Saved, ImmutableArray<PendingEffect> Effects)> SaveAsync(StoredEnrollment stored)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var e = stored.Enrollment;
            if (e.End is not null)
            {
                return (stored, []);
            }

            var now = time.GetUtcNow();
            var stepped = e.Verification is { } v ? Core.Verification.Step(v, new CancelAsked(), now) : default;
            var next = (stepped.Next is null ? e : e with { Verification = stepped.Next }).Cancel(now);
            if (stepped.Next is { } cancelled)
            {
                await advance.TellClockAsync(e.Verification, cancelled);
            }

            if (await rows.SaveAsync(stored, next, stored.Account) is { } saved)
            {
                return (saved, stepped.Next is null ? [] : stepped.Effects);
            }

            if (await rows.RefreshAsync(e.Id, CancellationToken.None) is not { } fresh)
            {
                return (null, []);
            }

            stored = fresh;
        }

        throw new ContendedException();
    }
}
