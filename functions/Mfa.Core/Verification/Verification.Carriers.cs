namespace Mfa.Core;

public partial record Verification
{
    /// <summary>What a call says last.</summary>
    internal static CallPrompt Goodbye(VerificationState state) => state switch
    {
        VerificationState.Verified => CallPrompt.GoodbyeVerified,
        VerificationState.FraudReported => CallPrompt.GoodbyeFraud,
        _ => CallPrompt.GoodbyeFailed,
    };

    /// <summary>
    /// What a call does next, for a carrier that asks instead of being told: an <see cref="Ask"/>, the last words (after which the call
    /// ends), a part of the extension, or a <see cref="HangUp"/> where nobody waits for this call; null where it only waits. Asked again, it is the same.
    /// </summary>
    /// <param name="attempt">The call's attempt.</param>
    /// <param name="callId">The carrier's id of the call.</param>
    public Effect? NextIn(int attempt, string callId) => Call switch
    {
        { Phase: CallPhase.Connected } call when call.Id == callId && attempt == Attempt =>
            (IsFinal, call.Prompt) switch
            {
                (true, > 0) => new Say(attempt, callId, Goodbye(State)),
                (false, > 0) => new Ask(attempt, callId, call.Prompt, call.Listening),
                (false, _) => Pending.Any(p => p.Effect is DialExtension && p.Tries == 0) ? null : new DialExtension(attempt, callId, call.Part),
                _ => new HangUp(callId),
            },
        { } call when !IsFinal && attempt == Attempt && IsAwaited(call, callId) => null,
        _ => new HangUp(callId),
    };

    // After a carrier that was down, or that left it open, the next attempt goes by the other; after one that went over and is not told of yet, by who has it.
    private static Turn GoBy(Turn turn)
    {
        var last = WentBy(turn, Sending(turn.V));
        return ReferenceEquals(last.V, turn.V) && turn.V is { Policy.Fallback: not null, Reason: Core.Reason.CarrierDown or Core.Reason.OutcomeUnknown } v
            ? turn.With(v with { Carrier = Other(v, v.Carrier) })
            : last;
    }

    private static string? Other(Verification v, string? carrier) => carrier == v.Policy.Carrier ? v.Policy.Fallback : v.Policy.Carrier;

    // The text is lost, and the first carrier would lose the next one, too: the user asks for it, as after any other.
    private static bool MayGoByOther(Verification v) => v.Policy.Fallback is not null && v.Carrier == v.Policy.Carrier && v.Attempt < v.Policy.Sends;

    // Once, and only while it is known that nothing was sent: never can both of them have it.
    private static bool MayGoOver(Turn turn, PendingEffect told) => turn.V is { Policy.Fallback: not null, IsFinal: false } v
        && told.Carrier == v.Carrier && told.Refusals == told.Tries && told.Effect is SendText or PlaceCall && !IsTooLate(told, turn);

    // Who was asked last: who has taken one gets the next one, too, and after who has not, the other.
    private static Turn WentBy(Turn turn, PendingEffect? pending) =>
        pending?.Effect is SendText or PlaceCall && pending.Carrier != turn.V.Carrier ? turn.With(turn.V with { Carrier = pending.Carrier }) : turn;

    // What its carrier tells of, it has taken: the news may be faster than its answer.
    private static Turn NotPending(Turn turn) => WentBy(turn, Sending(turn.V)).Drop(e => e is SendText or PlaceCall);

    private static PendingEffect? Sending(Verification v) => v.Pending.FirstOrDefault(p => p.Effect is SendText or PlaceCall);

    private static Stepped IsTaken(Turn turn, TextTaken taken)
    {
        if (turn.V is not { IsFinal: false, How: How.Text } v || taken.Send != v.Attempt)
        {
            return turn.Answer(Answer.Ignored);
        }

        // One that was given up as unknown is known of now.
        var told = NotPending(turn);
        return ReferenceEquals(told.V, v) && v.Reason != Core.Reason.OutcomeUnknown ? turn.Answer(Answer.Ignored)
            : LookLater(told.With(told.V with { State = VerificationState.Waiting, Reason = null }), taken.Send, taken.Receipt, taken.LookAfter).Answer(Answer.Taken);
    }

    // Its own news of the call: whoever placed it needs not find out.
    private static Stepped IsPlaced(Turn turn, PhoneCall call, CallEvent e)
    {
        var known = e.Attempt == turn.V.Attempt && (call.Id ?? e.CallId) == e.CallId ? NotPending(turn) : turn;
        var placed = Placed(known, e.Attempt, e.CallId);
        return placed.Answer(ReferenceEquals(placed.V, turn.V) ? Answer.Ignored : Answer.Taken);
    }

    private static Turn LookLater(Turn turn, int attempt, string? id, TimeSpan? lookAfter) =>
        (id, lookAfter) is ({ } receipt, { } after) && turn.V.IsOpenUntilTold(attempt, receipt) ? turn.Plan(new LookUp(attempt, receipt, after), turn.Now + after) : turn;

    private bool IsOpenUntilTold(int attempt, string receipt) => !IsFinal && attempt == Attempt && !Pending.Any(p => p.Effect is LookUp)
        && (How == How.Text || Call is { Phase: CallPhase.Ringing } call && call.Id == receipt);

    private static Stepped LookedUp(Turn turn, LookUp look, CarrierEvent? found)
    {
        if (found is null)
        {
            var longer = look.After * 2;
            return (turn.V.IsOpenUntilTold(look.Attempt, look.Receipt) ? turn.Plan(look with { After = longer }, turn.Now + longer) : turn).Answer(Answer.Taken);
        }

        var stepped = Step(turn.V, found, turn.Now);
        return stepped with { Effects = turn.Mine.AddRange(stepped.Effects), Answer = Answer.Taken };
    }
}
