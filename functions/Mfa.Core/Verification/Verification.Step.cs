using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Mfa.Core;

public partial record Verification
{
    /// <summary>Starts a verification, with its first effect.</summary>
    /// <param name="id">Its id, unguessable.</param>
    /// <param name="how">The way it proves.</param>
    /// <param name="key">The code key, for the digits to match.</param>
    /// <param name="policy">The rules it keeps to the end.</param>
    /// <param name="now">The time.</param>
    /// <param name="last">The verification before it, final, whose last things to do go along.</param>
    /// <param name="numberKey">The partition key of the number that it reserves with.</param>
    /// <param name="extension">Of the number that is called; null where it has none.</param>
    /// <param name="devices">The devices that are notified.</param>
    /// <param name="slot">The place of the notification in their inboxes.</param>
    public static Stepped Start(
        string id, How how, Secret key, VerificationPolicy policy, DateTimeOffset now, Verification? last = null, string? numberKey = null, Extension? extension = null,
        ImmutableArray<string>? devices = null, int slot = 0)
    {
        var v = new Verification
        {
            Id = id,
            How = how,
            Carrier = policy.Carrier,
            NumberKey = numberKey,
            State = VerificationState.Waiting,
            Policy = policy,
            StartedAt = now,
            Deadline = now + (how == How.Notification ? policy.NotificationLifetime : policy.Lifetime),
            Pending = last is null ? [] : Turn.TakenOver(last.Pending),
            LastEffect = last?.LastEffect ?? 0,
            Pauses = how == How.Call && extension is not null ? extension.Pauses : [],
            MatchNumber = (how == How.Call && policy.CallProof == CallProof.Number) || (how == How.Text && policy.ReplyProof == ReplyProof.Number)
                ? MatchingNumber.Derive(key, id)
                : how == How.Notification && policy.NotificationProof == NotificationProof.Number ? MatchingNumber.Derive(key, id, policy.MatchDigits) : null,
            Devices = devices ?? [],
            Slot = slot,
        };
        var turn = new Turn(v, now, []);
        turn = how switch
        {
            How.Text => SendNext(turn),
            How.Call => PlaceNext(turn),
            How.Notification => Notify(turn),
            _ => turn,
        };
        return turn.Answer(Answer.Taken);
    }

    /// <summary>
    /// Decides what an event makes of a verification. Pure: the same arguments give the same result.
    /// </summary>
    /// <param name="v">The state as last saved.</param>
    /// <param name="e">What happened.</param>
    /// <param name="now">The time.</param>
    public static Stepped Step(Verification v, VerificationEvent e, DateTimeOffset now)
    {
        var turn = new Turn(v, now, []);
        if (e is CarrierEvent seen && v.SeenEvents.Contains(seen.EventId))
        {
            return turn.Answer(Answer.Ignored);
        }

        turn = Expire(turn);
        var stepped = e switch
        {
            Woke => Wake(turn).Answer(Answer.Taken),
            EffectDone done => Done(turn, done),
            EffectFailed failed => Failed(turn, failed),
            CodeTyped typed => Type(turn, typed),
            ResendAsked => Resend(turn),
            CancelAsked => Cancel(turn),
            Replied replied => Reply(turn, replied),
            NotificationAnswered answered => Answered(turn, answered),
            TextTaken onItsWay => IsTaken(turn, onItsWay),
            TextReported reported => Report(turn, reported),
            CallEvent call => OnCall(turn, call),
            _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "An event that no step knows."),
        };
        return e is CarrierEvent taken && stepped.Answer == Answer.Taken
            ? stepped with { Next = Remember(stepped.Next, taken.EventId) }
            : stepped;
    }

    /// <summary>When somebody must look again; null when the verification is over.</summary>
    public DateTimeOffset? WakeAt() => First(Pending.Select(p => p.DueAt));

    /// <summary>The same but for housekeeping: when the clock must look.</summary>
    public DateTimeOffset? ClockAt() => First(Pending.Where(p => !p.Effect.IsHousekeeping).Select(p => p.DueAt));

    /// <summary>Whether nothing becomes due before the deadline unless a request comes: then no clock has to look until then.</summary>
    [JsonIgnore]
    public bool WaitsForDeadline => !IsFinal && RetryAt is null && CallTimesOutAt() is null && Pending.All(p => p.Effect.IsHousekeeping);

    /// <summary>Whether its time is up, though nobody may have looked yet.</summary>
    public bool IsTimeUpAt(DateTimeOffset now) => !IsFinal && now >= EndsBy;

    private DateTimeOffset? First(IEnumerable<DateTimeOffset> due)
    {
        DateTimeOffset? first = null;
        void At(DateTimeOffset? at) => first = at is { } t && (first is null || t < first) ? t : first;

        foreach (var at in due)
        {
            At(at);
        }

        if (!IsFinal)
        {
            At(EndsBy);
            At(RetryAt);
            At(CallTimesOutAt());
        }

        return first;
    }

    /// <summary>The deadline, with the grace of a call that is on the line.</summary>
    private DateTimeOffset EndsBy => IsConnected || MayHearLate ? Deadline + Policy.CallGrace : Deadline;

    // Time is up before anything else is looked at, whoever comes first.
    private static Turn Expire(Turn turn) =>
        turn.V.IsTimeUpAt(turn.Now) ? turn.End(VerificationState.Expired) : turn;

    private static Verification Remember(Verification v, string eventId)
    {
        var kept = v.SeenEvents.Length < EventsRemembered ? v.SeenEvents : v.SeenEvents.RemoveAt(0);
        return v with { SeenEvents = kept.Add(eventId) };
    }

    private static Stepped Cancel(Turn turn) =>
        turn.V.IsFinal ? turn.Answer(Answer.Over) : turn.End(VerificationState.Cancelled).Answer(Answer.Taken);
}
