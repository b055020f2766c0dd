using System.Collections.Immutable;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>
/// POST /me/enrollments/{id}/contact: "Contact me". Start the clock, save, perform, answer: the phone rings without waiting for
/// a clock, and after a crash at any line the clock goes on.
/// </summary>
public sealed class ContactEnrollment(
    OwnEnrollment own, EnrollmentRows rows, RowLocks locks, NumberReservation reservation, VerificationAdvance advance, IVerificationClock clock,
    Assertions assertions, RowNames names, SecretColumns secrets, EnrollmentViews views, MfaSettings settings, TimeProvider time)
{
    private const int TriesAtMost = 20;

    // Due: something on the row is to be done first, and nothing was decided.
    private sealed record Decided(StoredEnrollment? Stored, ImmutableArray<PendingEffect> Effects, Problem? Refusal, bool IsDue = false);

    public async Task<IResult> RunAsync(Call call)
    {
        var fields = await Fields.ReadAsync(call.Request, optional: true);
        var resend = fields.Flag("resend");
        var how = fields.Choice("how", ("text", How.Text), ("call", How.Call), ("code", How.Code));
        fields.ThrowOnFaults();
        var key = IdempotencyKey.Read(call.Request) is { } given ? $"{names.Hash("contact", given)}.{names.Hash("request", $"{how}/{resend}")}" : null;
        if (own.Id(call) is not { } id)
        {
            return Problem.NotFound();
        }

        var decided = await LockedAsync(call, id, how, resend, key);
        for (var tries = 1; decided.IsDue; tries++)
        {
            if (tries > TriesAtMost)
            {
                throw new ContendedException();
            }

            // It may end the running verification.
            await own.FindAsync(call);
            decided = await LockedAsync(call, id, how, resend, key);
        }

        if (decided.Stored is not { } stored)
        {
            return decided.Refusal ?? Problem.NotFound();
        }

        stored = await advance.PerformAsync(stored, decided.Effects);
        return views.Answer(stored, call.TheUser, StatusCodes.Status202Accepted);
    }

    private async Task<Decided> LockedAsync(Call call, string id, How? asked, bool resend, string? key)
    {
        using (await locks.TakeAsync(id, call.Aborted))
        {
            return await DecideAsync(call, id, asked, resend, key);
        }
    }

    private async Task<Decided> DecideAsync(Call call, string id, How? asked, bool resend, string? key)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var stored = tries == 1 ? await rows.FindAsync(id, call.Aborted) : await rows.RefreshAsync(id, call.Aborted);
            if (stored is null)
            {
                return new(null, [], null);
            }

            var now = time.GetUtcNow();
            var e = stored.Enrollment;
            if (e.Verification?.WakeAt() <= now)
            {
                return new(null, [], null, IsDue: true);
            }

            if (key is not null && e.ContactKeys.FirstOrDefault(k => k.StartsWith(key[..(key.IndexOf('.', StringComparison.Ordinal) + 1)], StringComparison.Ordinal)) is { } used)
            {
                return used == key ? new(stored, [], null) : new(null, [], IdempotencyKey.Reused());
            }

            var state = e.StateAt(now);
            if (state is not (EnrollmentState.ReadyToContact or EnrollmentState.Contacting))
            {
                return new(null, [], EnrollmentProblems.Over(state));
            }

            if (await assertions.ReadAsync(call.Request, call.TheUser, stored.Account) is { } secondStepAt)
            {
                stored = stored with { Enrollment = e with { SecondStepAt = secondStepAt } };
            }

            var decided = await ContactAsync(stored, asked, resend, key, now, call.Aborted);
            if (decided.Stored is not null || decided.Refusal is not null)
            {
                return decided;
            }

            await Task.Delay(Random.Shared.Next(5, 10 * tries), call.Aborted);
        }

        throw new ContendedException();
    }

    // Null and no refusal: somebody else changed the row.
    private async Task<Decided> ContactAsync(StoredEnrollment stored, How? asked, bool resend, string? key, DateTimeOffset now, CancellationToken cancel)
    {
        var e = stored.Enrollment;
        var running = e.Verification is { IsFinal: false } v ? v : null;
        var how = asked ?? running?.How ?? e.How;
        if (Refused(e, how) is { } wrongWay)
        {
            return new(null, [], wrongWay);
        }

        if (running?.How == how && !resend)
        {
            return new(stored, [], null);
        }

        if (e.MayContact(stored.Account, how, settings.Accounts, now) is { } refusal)
        {
            return new(null, [], EnrollmentProblems.Of(refusal, now));
        }

        return running?.How == how
            ? await AgainAsync(stored, running, key, now, cancel)
            : await StartAsync(stored, running, how, key, now, cancel);
    }

    private async Task<Decided> StartAsync(StoredEnrollment stored, Core.Verification? running, How how, string? key, DateTimeOffset now, CancellationToken cancel)
    {
        var e = stored.Enrollment;
        // Another way was chosen: what runs is called off, and what it has still to do goes along.
        var cancelled = running is null ? default : Core.Verification.Step(running, new CancelAsked(), now);
        var last = cancelled.Next ?? e.Verification;
        var id = e.NextVerificationId;
        var reserved = await reservation.ReserveAsync(stored, how, id, send: 1, now + settings.Verifications.Lifetime, now, cancel);
        if (reserved.Refusal is { } limit)
        {
            return new(null, [], limit);
        }

        var started = Core.Verification.Start(id, how, secrets.Open(e), settings.Verifications, now, last);
        started = reserved.OptedOut ? OptedOut(started, now) : started;
        started = running is null ? started : started with { Effects = started.Effects.AddRange(cancelled.Effects.Where(started.Next.Pending.Contains)) };
        if (started.Next.WakeAt() is { } wakeAt)
        {
            await clock.StartAsync(id, wakeAt, CancellationToken.None);
        }

        var next = e.Contacted(started, stored.Account, settings.Accounts, now, key);
        return new(await rows.SaveAsync(stored, next, stored.Account), started.Effects, null);
    }

    private async Task<Decided> AgainAsync(StoredEnrollment stored, Core.Verification running, string? key, DateTimeOffset now, CancellationToken cancel)
    {
        var again = Core.Verification.Step(running, new ResendAsked(), now);
        switch (again.Answer)
        {
            case Answer.TooSoon:
                return new(null, [], EnrollmentProblems.Wait("too-soon", "Wait a moment before asking again.", running.How == How.Text ? running.LastSentAt + running.Policy.SendAgainAfter - now : TimeSpan.FromSeconds(5)));
            case Answer.NoSendsLeft:
                return new(null, [], EnrollmentProblems.Wait("limit", "No more texts in this verification.", running.Deadline - now));
            case not Answer.Taken:
                return new(stored, [], null);
        }

        var reserved = running.How == How.Text
            ? await reservation.ReserveAsync(stored, running.How, running.Id, again.Next.Attempt, running.Deadline, now, cancel)
            : default;
        if (reserved.Refusal is { } limit)
        {
            return new(null, [], limit);
        }

        again = reserved.OptedOut ? OptedOut(again, now) : again;
        await advance.TellClockAsync(running, again.Next);
        var next = stored.Enrollment.Resent(again, stored.Account, now, key);
        return new(await rows.SaveAsync(stored, next, stored.Account), again.Effects, null);
    }

    private static Stepped OptedOut(Stepped started, DateTimeOffset now)
    {
        var text = started.Next.Pending.Single(p => p.Effect is SendText);
        return Core.Verification.Step(started.Next, new EffectFailed(text.Number, Reason.OptedOut, Transient: false, Refused: true), now);
    }

    private static Problem? Refused(Core.Enrollment e, How how)
    {
        var possible = e.Kind switch
        {
            MethodKind.MobileApp => how == How.Code,
            MethodKind.OfficePhone => how == How.Call,
            _ => how is How.Text or How.Call,
        };
        return !possible ? Problem.Field("invalid-request", "how", $"is no way of {Names.Camel(e.Kind)}")
            : how == How.Text && !e.Phone!.CanBeMobile ? Problem.Field("cannot-receive-texts", "how", "A landline gets no texts. Choose call.")
            : null;
    }
}
