using System.Collections.Immutable;
using Mfa.Core;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>
/// What everybody who has an event does: load the row, step, save if nobody changed it, perform the effects, and take their
/// results through the same. Whoever saved an effect owns it for the time of its lease; when it is not reported by then, the
/// clock takes it over.
/// </summary>
public sealed class VerificationAdvance(
    EnrollmentRows rows, RowLocks locks, EffectPerformer performer, IVerificationClock clock, MfaSettings settings, TimeProvider time, ILogger<VerificationAdvance> log)
{
    private const int TriesAtMost = 20;

    /// <summary>The clock's look: does what is due.</summary>
    public async Task<Advanced> AdvanceAsync(string verificationId, CancellationToken cancel)
    {
        if (RowNames.Verification(verificationId) is not var (enrollmentId, contact)
            || await ApplyAsync(enrollmentId, contact, _ => new Woke(), cancel) is not { } applied)
        {
            return new(Found: false, WakeAt: null);
        }

        var current = applied.Stored.Enrollment;
        // A newer verification has taken over what was left to do.
        return current.Contacts == contact
            ? new(Found: true, current.Verification!.WakeAt(), current.Verification.State, current.Verification.Attempt)
            : new(current.Contacts > contact, WakeAt: null);
    }

    /// <summary>Takes an event to the current verification of an enrollment.</summary>
    /// <param name="enrollmentId">The enrollment.</param>
    /// <param name="contact">Which of its verifications the event belongs to; null for the current one.</param>
    /// <param name="what">The event, which may need secrets of the row.</param>
    /// <param name="cancel">Cancels waiting and reading. From the first write on nothing is cut short: the caller may leave, the user's phone rings.</param>
    /// <returns>Null where there is no such enrollment, or it has no verification.</returns>
    public async Task<Applied?> ApplyAsync(string enrollmentId, int? contact, Func<Core.Enrollment, VerificationEvent> what, CancellationToken cancel)
    {
        Applied applied;
        ImmutableArray<PendingEffect> effects;
        using (await locks.TakeAsync(enrollmentId, cancel))
        {
            var stored = await rows.FindAsync(enrollmentId, cancel);
            if (stored?.Enrollment.Verification is null)
            {
                return null;
            }

            if (contact is not null && contact != stored.Enrollment.Contacts)
            {
                return new(stored, Answer.Ignored);
            }

            (applied, effects) = await StepAsync(stored, [what(stored.Enrollment)]);
        }

        return effects.IsEmpty ? applied : applied with { Stored = await PerformAsync(applied.Stored, effects) };
    }

    /// <summary>Performs the effects of a saved step, and saves what came of them, until nothing is left for us.</summary>
    public async Task<StoredEnrollment> PerformAsync(StoredEnrollment stored, ImmutableArray<PendingEffect> effects)
    {
        while (!effects.IsEmpty)
        {
            var contact = stored.Enrollment.Contacts;
            var results = await Task.WhenAll(effects.Select(e => performer.PerformAsync(stored, e)));
            using var taken = await locks.TakeAsync(stored.Enrollment.Id, CancellationToken.None);
            (var applied, effects) = await StepAsync(stored, results, contact);
            stored = applied.Stored;
            if (stored.Enrollment.Contacts != contact)
            {
                await Task.WhenAll(results.OfType<EffectDone>().Where(d => d is { Effect: PlaceCall, Receipt: not null }).Select(d => performer.HangUpAsync(d.Receipt!)));
            }
        }

        return stored;
    }

    /// <summary>
    /// Tells the clock, before the save, when it must look earlier than it knows: whatever happens after the save, it will.
    /// When telling fails, its next regular look comes within a minute.
    /// </summary>
    public async Task TellClockAsync(Core.Verification? before, Core.Verification after)
    {
        if (after.WakeAt() is { } at && !(before?.WakeAt() <= at))
        {
            try
            {
                await clock.WakeEarlierAsync(after.Id, at, CancellationToken.None);
            }
            catch (Exception e) when (Faults.IsUnknown(e) || e is Azure.RequestFailedException or ClockUnavailableException)
            {
                log.LogWarning("The clock of a verification could not be told: {Fault}", e.GetType().Name);
            }
        }
    }

    private async Task<(Applied Applied, ImmutableArray<PendingEffect> Effects)> StepAsync(
        StoredEnrollment stored, IReadOnlyList<VerificationEvent> events, int? contact = null)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var before = stored.Enrollment;
            if (contact is not null && contact != before.Contacts)
            {
                return (new(stored, Answer.Ignored), []);
            }

            var now = time.GetUtcNow();
            var (enrollment, account, effects, answer) = Fold(stored, events, now);
            if (ReferenceEquals(enrollment, before))
            {
                return (new(stored, answer), effects);
            }

            await TellClockAsync(before.Verification, enrollment.Verification!);
            if (await rows.SaveAsync(stored, enrollment, account) is { } saved)
            {
                return (new(saved, answer), effects);
            }

            await Task.Delay(Random.Shared.Next(5, 10 * tries));
            stored = await rows.RefreshAsync(before.Id, CancellationToken.None) ?? stored;
        }

        throw new ContendedException();
    }

    private (Core.Enrollment Enrollment, Account Account, ImmutableArray<PendingEffect> Effects, Answer Answer) Fold(
        StoredEnrollment stored, IReadOnlyList<VerificationEvent> events, DateTimeOffset now)
    {
        var (enrollment, account) = (stored.Enrollment, stored.Account);
        var effects = ImmutableArray<PendingEffect>.Empty;
        var answer = Answer.Ignored;
        foreach (var e in events)
        {
            var stepped = Core.Verification.Step(enrollment.Verification!, e, now);
            (enrollment, account) = enrollment.Advance(stepped, account, settings.Accounts, now);
            // A later step of this turn may have dropped what an earlier one wanted.
            effects = [.. effects.AddRange(stepped.Effects).Where(x => stepped.Next.Pending.Contains(x))];
            answer = stepped.Answer;
        }

        return (enrollment, account, effects, answer);
    }
}
