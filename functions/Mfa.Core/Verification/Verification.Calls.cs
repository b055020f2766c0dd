namespace Mfa.Core;

public partial record Verification
{
    private static Turn PlaceNext(Turn turn)
    {
        var attempt = turn.V.Attempt + 1;
        var free = GoBy(turn).Drop(x => x is LookUp);
        return free
            .With(free.V with
            {
                State = VerificationState.Delivering,
                Attempt = attempt,
                RetryAt = null,
                Call = new PhoneCall(CallPhase.Ringing, turn.Now),
            })
            .Do(new PlaceCall(attempt));
    }

    // The plan looked ahead, but whoever comes may be late.
    private static Turn CallAgain(Turn turn) =>
        HasTimeToCall(turn.V, turn.Now) ? PlaceNext(turn) : turn.End(VerificationState.Failed, turn.V.Reason ?? Core.Reason.NoTime);

    private static Stepped OnCall(Turn turn, CallEvent e)
    {
        var v = turn.V;
        if (v.Call is not { } call)
        {
            return turn.Answer(Answer.Ignored);
        }

        var current = e.Attempt == v.Attempt && !v.IsFinal;
        return e switch
        {
            CallConnected when current && IsAwaited(call, e.CallId) => Connect(turn, e).Answer(Answer.Taken),
            // Nobody waits for this one (any more).
            CallConnected when !current || call.Phase != CallPhase.Connected || call.Id != e.CallId => turn.HangUpStray(e.CallId).Answer(Answer.Taken),
            CallPlaced => IsPlaced(turn, call, e),
            CallEnded ended => Ended(turn, call, ended),
            LastWordsSaid => SayNoMore(turn, e),
            KeysHeard keys when current && Hears(call, e.CallId, keys.Prompt) => Keys(turn, call, keys.Keys).Answer(Answer.Taken),
            ExtensionDialled dialled when current && Dials(v, e.CallId, dialled.Part) => Dial(turn, call, dialled.Part + 1).Answer(Answer.Taken),
            ExtensionNotDialled not when current && Dials(v, e.CallId, not.Part) => NotDialled(turn).Answer(Answer.Taken),
            NothingHeard nothing when current && v.IsConnected && Hears(call, e.CallId, nothing.Prompt) => AskAgain(turn, call).Answer(Answer.Taken),
            _ => turn.Answer(Answer.Ignored),
        };
    }

    // Whoever presses # and hangs up: the two events may come in either order.
    private bool MayHearLate => MayHearMore && Call is { Prompt: > 0 };

    // Of the last call, before it fails.
    private bool MayHearMore => !IsFinal && RetryAt is null && Call is { Phase: CallPhase.Ended };

    private static bool Hears(PhoneCall call, string callId, int prompt) =>
        call.Phase is CallPhase.Connected or CallPhase.Ended && call.Prompt > 0 && call.Id == callId && call.Prompt == prompt;

    // One that was given up under its id is being hung up; of two calls (the carrier did not know a repeat) the first known counts.
    private static bool IsAwaited(PhoneCall call, string callId) =>
        call.Phase == CallPhase.Ringing ? call.Id is null || call.Id == callId : call is { Phase: CallPhase.GivenUp, Id: null };

    private static Turn Connect(Turn turn, CallEvent e)
    {
        var v = turn.V with { State = VerificationState.Waiting, Reason = null, RetryAt = null };
        var placed = NotPending(turn.With(v)).Drop(x => x is LookUp);
        return Dial(placed, new PhoneCall(CallPhase.Connected, turn.Now, e.CallId), part: 1);
    }

    private static Turn Prompt(Turn turn, PhoneCall call, CallPrompt prompt)
    {
        if (call.Phase == CallPhase.Ended)
        {
            return turn.End(VerificationState.Failed, WithoutProof(call));
        }

        var next = call with { Prompt = call.Prompt + 1, Listening = prompt, Since = turn.Now };
        var silent = turn.Drop(x => x is Ask);
        return silent.With(silent.V with { Call = next }).Do(new Ask(turn.V.Attempt, call.Id!, next.Prompt, prompt));
    }

    private static Turn Keys(Turn turn, PhoneCall call, string keys)
    {
        var wanted = turn.V.MatchNumber is { } number ? $"{number}#" : "#";
        return (call.Listening, keys) switch
        {
            (CallPrompt.Verify or CallPrompt.VerifyAgain, _) when keys == wanted => turn.End(VerificationState.Verified),
            (CallPrompt.Verify or CallPrompt.VerifyAgain, "0") => Prompt(turn, call, CallPrompt.FraudPound),
            (CallPrompt.Verify or CallPrompt.VerifyAgain, "0#") or (CallPrompt.FraudPound, "#") => Prompt(turn, call, CallPrompt.FraudConfirm),
            (CallPrompt.FraudConfirm, "1") => turn.End(VerificationState.FraudReported),
            (CallPrompt.Verify or CallPrompt.VerifyAgain, [>= '0' and <= '9', >= '0' and <= '9', '#']) when turn.V.MatchNumber is not null =>
                turn.End(VerificationState.Denied, Core.Reason.WrongNumber),
            _ => AskAgain(turn, call with { WrongKeys = true }),
        };
    }

    private static Turn AskAgain(Turn turn, PhoneCall call) =>
        call.Asked < turn.V.Policy.Prompts
            ? Prompt(turn, call with { Asked = call.Asked + 1 }, CallPrompt.VerifyAgain)
            : turn.End(VerificationState.Failed, call.WrongKeys ? Core.Reason.WrongKey : Core.Reason.NoKey);

    private static Stepped SayNoMore(Turn turn, CallEvent e)
    {
        // The planned end of the call comes now: its last words were said, whether or not whoever said them has told so.
        var goodbye = turn.V.Pending.FirstOrDefault(p => p.Effect is HangUp h && h.CallId == e.CallId && p.Tries == 0);
        return goodbye is null ? turn.Answer(Answer.Ignored)
            : turn.Drop(x => x is Say s && s.CallId == e.CallId).Take(goodbye).Answer(Answer.Taken);
    }

    // Whoever says the last words ends the call, too: its planned end is only for the case that it does not.
    private static Turn EndsByItself(Turn turn, string callId) =>
        turn.V.Pending.FirstOrDefault(p => p.Effect is HangUp h && h.CallId == callId && p.Tries == 0) is { } planned ? turn.Put(planned with { DueAt = turn.Now + turn.V.Policy.ListensAtMost }) : turn;

    private static Stepped Ended(Turn turn, PhoneCall call, CallEnded e)
    {
        // What was still to be done inside that call is moot.
        var gone = turn.Drop(x => x switch
        {
            Ask ask => ask.CallId == e.CallId,
            DialExtension dial => dial.CallId == e.CallId && dial.Attempt == e.Attempt,
            Say say => say.CallId == e.CallId,
            HangUp hangUp => hangUp.CallId == e.CallId,
            LookUp look => look.Receipt == e.CallId,
            _ => false,
        });
        if (e.Reason is { } why && LeftOpen(turn.V, e, why))
        {
            // The next call stays where it was planned.
            return (turn.V.RetryAt is null || why == Core.Reason.Undeliverable ? gone.End(VerificationState.Failed, why) : gone.With(gone.V with { Reason = why }))
                .Answer(Answer.Taken);
        }

        if (e.Attempt != turn.V.Attempt || call.Phase == CallPhase.Ended || (call.Id is { } id && id != e.CallId))
        {
            return gone.Answer(ReferenceEquals(gone.V, turn.V) ? Answer.Ignored : Answer.Taken);
        }

        var over = gone.With(gone.V with { Call = call with { Phase = CallPhase.Ended, Id = e.CallId, Since = turn.Now } });
        return (turn.V, call.Phase) switch
        {
            ({ IsFinal: true }, _) => over.Answer(Answer.Taken),
            (_, CallPhase.Connected) when call.Prompt == 0 => over.End(VerificationState.Failed, Core.Reason.HungUp).Answer(Answer.Taken),
            // A key may be told of late; then the clock fails it.
            (_, CallPhase.Connected) => over.Answer(Answer.Taken),
            // We had stopped waiting for it; the next call is planned.
            (_, CallPhase.GivenUp) => over.Answer(Answer.Taken),
            _ => AttemptFailed(NotPending(over), e.Reason).Answer(Answer.Taken),
        };
    }

    // Of a refused call the carrier tells twice in any order, once without a reason: until the next call, the reason counts whenever it comes.
    private static bool LeftOpen(Verification v, CallEnded e, Reason why) =>
        !v.IsFinal && e.Attempt == v.Attempt && v.Call is { Phase: CallPhase.Ended, Prompt: 0 } call && call.Id == e.CallId
        && (v.RetryAt is null || (v.Reason == Core.Reason.Declined && why != Core.Reason.Declined));

    private static Reason WithoutProof(PhoneCall call) =>
        call.Prompt == 0 ? Core.Reason.Declined : call.WrongKeys ? Core.Reason.WrongKey : call.Asked > 1 ? Core.Reason.NoKey : Core.Reason.HungUp;

    // Null: the carrier did not tell why. Where no call follows, the clock fails it, unless the carrier does until then.
    private static Turn AttemptFailed(Turn turn, Reason? reason)
    {
        var v = turn.V;
        var at = turn.Now + v.Policy.CallRetryAfter;
        return reason != Core.Reason.Undeliverable && v.Attempt < v.Policy.Calls && HasTimeToCall(v, at)
                ? turn.With(v with { State = VerificationState.Waiting, Reason = reason ?? Core.Reason.Declined, RetryAt = at })
            : reason is null ? turn.With(v with { State = VerificationState.Waiting, Reason = null })
            : turn.End(VerificationState.Failed, reason);
    }

    private static bool HasTimeToCall(Verification v, DateTimeOffset at) => v.Deadline - at >= v.Policy.CallNeeds;

    private DateTimeOffset? CallTimesOutAt() => Call switch
    {
        { Phase: CallPhase.Ringing } call when !Pending.Any(p => p.Effect is PlaceCall) => call.Since + Policy.RingsAtMost,
        { Phase: CallPhase.Connected } call => call.Since + Policy.ListensAtMost,
        { Phase: CallPhase.Ended } call when RetryAt is null => call.Since + Policy.LateKeys,
        _ => null,
    };
}
