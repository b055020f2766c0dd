using System.Collections.Immutable;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// "Contact me" of any holder. Start the clock, save, perform, answer: the phone rings without waiting for a clock, and after a crash
/// at any line the clock goes on.
/// </summary>
public sealed class ContactMe(
    HolderRows rows, RowLocks locks, NumberReservation reservation, VerificationAdvance advance, IVerificationClock clock,
    InboxItem items, SecretColumns secrets, VerificationPolicy verifications, AccountPolicy policy, TimeProvider time)
{
    private const int TriesAtMost = 20;

    /// <summary>Contacts the user, or lets what runs go on.</summary>
    /// <returns>The holder as it stands saved, or why not; neither where there is no such holder.</returns>
    public async Task<(StoredHolder? Stored, Problem? Refusal)> RunAsync(Contact contact, CancellationToken aborted)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var decided = await LockedAsync(contact, aborted);
            if (!decided.IsDue)
            {
                return decided.Stored is { } stored ? (await PerformAsync(stored, decided.Effects, contact.Later), null) : (null, decided.Refusal);
            }

            // It may end the running verification.
            await advance.FindAsync(contact.HolderId, aborted);
        }

        throw new ContendedException();
    }

    /// <summary>Does what a contact that is saved leaves to do, now or after the answer.</summary>
    public async Task<StoredHolder> PerformAsync(StoredHolder stored, ImmutableArray<PendingEffect> effects, bool later)
    {
        // A device finds what it is asked without being woken.
        if (!later && stored.Holder.Verification is not { How: How.Notification })
        {
            return await advance.PerformAsync(stored, effects);
        }

        advance.PerformLater(stored, effects);
        return stored;
    }

    private async Task<Decided> LockedAsync(Contact contact, CancellationToken aborted)
    {
        using (await locks.TakeAsync(contact.HolderId, aborted))
        {
            for (var tries = 1; tries <= TriesAtMost; tries++)
            {
                if (await (tries == 1 ? rows.FindAsync(contact.HolderId, aborted) : rows.RefreshAsync(contact.HolderId, aborted)) is not { } stored || !contact.IsTheirs(stored))
                {
                    return new();
                }

                var decided = await DecideAsync(stored, contact, time.GetUtcNow(), aborted);
                if (decided.IsDue || decided.Stored is not null || (decided.Refusal is not null && !(decided.IsStale && tries == 1)))
                {
                    return decided;
                }

                if (!decided.IsStale)
                {
                    await Contention.PauseAsync(tries, aborted);
                }
            }
        }

        throw new ContendedException();
    }

    private async Task<Decided> DecideAsync(StoredHolder stored, Contact contact, DateTimeOffset now, CancellationToken aborted)
    {
        if (stored.Holder.Verification?.WakeAt() <= now)
        {
            return new(IsDue: true);
        }

        if (contact.Key is { } key)
        {
            if (stored.Holder.ContactKeys.FirstOrDefault(key.IsSameKey) is { } used)
            {
                return used == key.Value ? Decided.Nothing(stored) : Decided.Refused(IdempotencyKey.Reused());
            }

            if (stored.Holder.ContactKeys.Length >= Holder.ContactKeysAtMost)
            {
                return Decided.Refused(AccountProblems.Of(new(AccountFault.ContactsLimit), now));
            }
        }

        if (!stored.Holder.IsOpenAt(now))
        {
            return contact.LooksOpen(stored.Holder) ? await PretendAsync(stored, contact, now) : Decided.Refused(contact.Over(stored.Holder));
        }

        var (prepared, unfit) = contact.Prepare(stored.Holder, stored.Account);
        if (prepared is not { } holder)
        {
            return Decided.Refused(unfit!) with { IsStale = true };
        }

        var running = holder.Verification is { IsFinal: false } v ? v : null;
        var same = holder.Asks == stored.Holder.Asks;
        var how = contact.How ?? (same ? running?.How : null) ?? holder.How;
        if (WrongWay(holder, how) is { } wrongWay)
        {
            return Decided.Refused(wrongWay);
        }

        if (same && running?.How == how && !contact.Resend)
        {
            // What runs goes on; the key is kept all the same, so that a late repeat of this request starts nothing.
            return contact.Key is null ? Decided.Nothing(stored) : new(await rows.SaveAsync(stored, holder.Knowing(contact.Key.Value), stored.Account), []);
        }

        if (holder.MayContact(stored.Account, how, policy, now) is { } refusal)
        {
            return Decided.Refused(AccountProblems.Of(refusal, now)) with { IsStale = true };
        }

        if (same && running?.How == how)
        {
            return await AgainAsync(stored, holder, running, contact, now, aborted);
        }

        var (begun, limit) = await BeginAsync(holder, stored.Account, how, contact.Key?.Value, now, aborted);
        return begun is null ? Decided.Refused(limit!) : new(await rows.SaveAsync(stored, begun.Holder, begun.Account), begun.Effects);
    }

    // As it would go on where nobody had answered.
    private async Task<Decided> PretendAsync(StoredHolder stored, Contact contact, DateTimeOffset now)
    {
        var (prepared, unfit) = contact.Prepare(stored.Holder, stored.Account);
        if (prepared is not { } asked)
        {
            return Decided.Refused(unfit!);
        }

        var next = asked.Pretending(stored.Holder.Asks, contact.How, secrets.Open(asked), verifications.EndingBy(asked.EndsBy, now), now);
        return ReferenceEquals(next, asked) && !contact.Resend && contact.Key is null ? Decided.Nothing(stored)
            : new(await rows.SaveAsync(stored, next.Knowing(contact.Key?.Value), stored.Account), []);
    }

    /// <summary>
    /// Begins a verification: reserves with the number and starts the clock, so that whatever happens after the save, somebody looks.
    /// What runs is called off, and what it has still to do goes along.
    /// </summary>
    /// <param name="holder">The holder, which may be contacted.</param>
    /// <param name="account">Its account.</param>
    /// <param name="how">The way.</param>
    /// <param name="contactKey">The hashed Idempotency-Key of the request.</param>
    /// <param name="now">The time.</param>
    /// <param name="aborted">Cancels until the clock is started.</param>
    /// <returns>What to save, or the limit that is reached.</returns>
    public async Task<(Begun? Begun, Problem? Limit)> BeginAsync(Holder holder, Account account, How how, string? contactKey, DateTimeOffset now, CancellationToken aborted)
    {
        var running = holder.Verification is { IsFinal: false } v ? v : null;
        var cancelled = running is null ? default : Core.Verification.Step(running, new CancelAsked(), now);
        if (!holder.NeedsContact(how))
        {
            // The code that the user has says it all.
            return (new(holder.Knowing(contactKey) with { How = how, Verification = cancelled.Next ?? holder.Verification }, account, running is null ? [] : cancelled.Effects), null);
        }

        var (id, rules) = (holder.NextVerificationId, verifications.EndingBy(holder.EndsBy, now));
        (account, var slot) = how == How.Notification && !holder.ReachesNobody ? account.Notifying(id, policy, now) : (account, 0);
        var reserved = await ReserveAsync(account, holder, how, id, send: 1, now + rules.Lifetime, now, aborted);
        if (reserved.Refusal is { } limit)
        {
            return (null, limit);
        }

        // Where nobody is reached, as much is written for a device that there is not.
        ImmutableArray<string> devices = how != How.Notification ? [] : holder.ReachesNobody ? [holder.Id] : [.. holder.Devices(account).Keys.Order(StringComparer.Ordinal)];
        var started = Core.Verification.Start(
            id, how, secrets.Open(holder), rules, now, cancelled.Next ?? holder.Verification, IsSent(how) ? holder.NumberKey : null, holder.Phone?.Extension, devices, slot);
        if (how == How.Notification)
        {
            started = started with { Next = started.Next with { Shown = CanonicalJson.Hash(items.Of(holder with { Verification = started.Next }, account)) } };
        }

        started = reserved.OptedOut ? OptedOut(started, now) : started;
        started = running is null ? started : started with { Effects = started.Effects.AddRange(cancelled.Effects.Where(started.Next.Pending.Contains)) };
        if (started.Next.ClockAt() is { } at && !started.Next.WaitsForDeadline)
        {
            await clock.StartAsync(id, at, CancellationToken.None);
        }

        var (next, asked) = holder.Contacted(started, account, IsSent(how) && !reserved.OptedOut, policy, now, contactKey);
        return (new(next, asked, started.Effects), null);
    }

    private async Task<Decided> AgainAsync(StoredHolder stored, Holder holder, Core.Verification running, Contact contact, DateTimeOffset now, CancellationToken aborted)
    {
        var again = Core.Verification.Step(running, new ResendAsked(), now);
        switch (again.Answer)
        {
            case Answer.TooSoon:
                return Decided.Refused(Problem.Wait("too-soon", running.How == How.Text ? running.LastSentAt + running.Policy.SendAgainAfter - now : TimeSpan.FromSeconds(5)));
            case Answer.NoSendsLeft:
                return Decided.Refused(Problem.Wait("limit", running.Deadline - now));
            case not Answer.Taken:
                return Decided.Nothing(stored);
        }

        var reserved = running.How == How.Text ? await ReserveAsync(stored.Account, holder, running.How, running.Id, again.Next.Attempt, running.Deadline, now, aborted) : default;
        if (reserved.Refusal is { } limit)
        {
            return Decided.Refused(limit);
        }

        again = reserved.OptedOut ? OptedOut(again, now) : again;
        await advance.TellClockAsync(running, again.Next);
        var (next, account) = holder.Resent(again, stored.Account, !reserved.OptedOut, now, contact.Key?.Value);
        return new(await rows.SaveAsync(stored, next, account), again.Effects);
    }

    private async Task<Reserved> ReserveAsync(Account account, Holder holder, How how, string verificationId, int send, DateTimeOffset until, DateTimeOffset now, CancellationToken aborted)
    {
        if (!IsSent(how))
        {
            return default;
        }

        var reply = how == How.Text ? reservation.ReplyTo(secrets.Open(holder), holder.Phone!, verificationId, send, until) : null;
        return await reservation.ReserveAsync(holder.NumberKey!, new($"{verificationId}/{send}", account.Key, now, holder.Owns(account), how), reply, aborted);
    }

    private static Stepped OptedOut(Stepped started, DateTimeOffset now)
    {
        var text = started.Next.Pending.Single(p => p.Effect is SendText);
        return Core.Verification.Step(started.Next, new EffectFailed(text.Number, Reason.OptedOut, Transient: false, Refused: true), now);
    }

    // To a telephone number, which has its limits.
    private static bool IsSent(How how) => how is How.Text or How.Call;

    private static Problem? WrongWay(Holder holder, How how)
    {
        return holder.Hows.Contains(how) ? null
            : holder.Kind == MethodKind.AuthenticationPhone && how == How.Text ? Problem.OfField("cannot-receive-texts", "how")
            : Problem.Field("how", $"is no way of {Names.Camel(holder.Kind)}");
    }
}
