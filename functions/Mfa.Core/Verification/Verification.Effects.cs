namespace Mfa.Core;

public partial record Verification
{
    // Longer than any outage; settling a number may be repeated without harm.
    private static readonly TimeSpan SettleWithin = TimeSpan.FromDays(1);

    private static Turn Wake(Turn turn)
    {
        foreach (var due in turn.V.Pending.Where(p => p.DueAt <= turn.Now))
        {
            // Something done before it in this turn may have dropped it.
            if (turn.V.Pending.Contains(due))
            {
                turn = IsTooLate(due, turn) ? GiveUp(turn, due) : turn.Take(due);
            }
        }

        var v = turn.V;
        if (v.IsFinal)
        {
            return turn;
        }

        if (v.RetryAt <= turn.Now)
        {
            return CallAgain(turn);
        }

        if (v.CallTimesOutAt() > turn.Now || v.Call is not { } call)
        {
            return turn;
        }

        return call.Phase switch
        {
            CallPhase.Ringing when !v.Pending.Any(p => p.Effect is PlaceCall) => StopRinging(turn, call),
            CallPhase.Connected when v.IsDialling => NotDialled(turn),
            CallPhase.Connected => AskAgain(turn, call),
            CallPhase.Ended when v.MayHearMore => turn.End(VerificationState.Failed, WithoutProof(call)),
            _ => turn,
        };
    }

    private static bool IsTooLate(PendingEffect due, Turn turn) =>
        turn.Now - due.FirstTriedAt >= (due.Effect is SettleNumber ? SettleWithin : turn.V.Policy.RepeatWithin)
        || (due.Effect is PlaceCall && !HasTimeToCall(turn.V, turn.Now));

    private static Turn StopRinging(Turn turn, PhoneCall call)
    {
        var failed = AttemptFailed(turn.With(turn.V with { Call = call with { Phase = CallPhase.GivenUp } }), Core.Reason.NoAnswer);
        return call.Id is { } id ? failed.HangUp(id) : failed;
    }

    // The carrier may not know a repeat any more, or it comes too late to be of use, so this effect is never performed again. Every try refused: it is known
    // that nothing was sent. Otherwise the text or the call may still come.
    private static Turn GiveUp(Turn turn, PendingEffect due)
    {
        var without = WentBy(turn.With(turn.V with { Pending = turn.V.Pending.Remove(due) }), due);
        var v = without.V;
        var reason = due.Refusals == due.Tries ? Core.Reason.CarrierDown : Core.Reason.OutcomeUnknown;
        return due.Effect switch
        {
            SendText text when reason == Core.Reason.CarrierDown => TextFailed(without, text.Send, reason),
            SendText => without.With(v with { State = VerificationState.Waiting, Reason = reason }),
            PlaceCall => AttemptFailed(without.With(v with { Call = v.Call! with { Phase = CallPhase.GivenUp } }), reason),
            DialExtension => NotDialled(without),
            _ => without,
        };
    }

    private static Stepped Done(Turn turn, EffectDone done)
    {
        var pending = turn.V.Pending.FirstOrDefault(p => p.Number == done.Number);
        var rest = pending is null ? turn : WentBy(turn.With(turn.V with { Pending = turn.V.Pending.Remove(pending) }), pending);
        var v = rest.V;
        if (pending is not null && done.Effect is LookUp look)
        {
            return LookedUp(rest, look, done.Found);
        }

        // Of a call that nobody waits for, it ends nothing else.
        if (pending is not null && done.Over && v.Call is { Id: { } over } call && done.Effect.Within == over)
        {
            return Ended(rest, call, new CallEnded("", v.Attempt, over, null)) with { Answer = Answer.Taken };
        }

        var next = done.Effect switch
        {
            PlaceCall place when done.Receipt is { } id => LookLater(Placed(rest, place.Attempt, id), place.Attempt, id, done.LookAfter),
            SendText send when pending is not null && !v.IsFinal && send.Send == v.Attempt =>
                LookLater(rest.With(v with { State = VerificationState.Waiting, Reason = null }), send.Send, done.Receipt, done.LookAfter),
            Say say when done.EndsCall => EndsByItself(rest, say.CallId),
            _ => rest,
        };
        return next.Answer(ReferenceEquals(next.V, turn.V) ? Answer.Ignored : Answer.Taken);
    }

    private static Turn Placed(Turn turn, int attempt, string callId)
    {
        var v = turn.V;
        if (v.Call?.Id == callId)
        {
            return turn;
        }

        // It ended, or another call took its place, before we knew that this one rings.
        if (v.IsFinal || attempt != v.Attempt || v.Call is not { Phase: CallPhase.Ringing or CallPhase.GivenUp, Id: null })
        {
            return turn.HangUpStray(callId);
        }

        // One that was given up because nobody knew of it rings after all: no other is placed beside it.
        return turn.With(v with
        {
            State = VerificationState.Waiting,
            Reason = null,
            RetryAt = null,
            Call = new PhoneCall(CallPhase.Ringing, turn.Now, callId),
        });
    }

    private static Stepped Failed(Turn turn, EffectFailed failed)
    {
        var pending = turn.V.Pending.FirstOrDefault(p => p.Number == failed.Number);
        // Of one that has gone over meanwhile it is the other's to tell.
        if (pending is null || (failed.Carrier is { } by && by != pending.Carrier))
        {
            return turn.Answer(Answer.Ignored);
        }

        // Whoever could not tell whether it was saved tells it twice.
        var told = pending with { Refusals = Math.Min(pending.Tries, pending.Refusals + (failed.Refused ? 1 : 0)) };
        if (failed.Own && MayGoOver(turn, told))
        {
            return turn.With(turn.V with { Reason = failed.Reason }).Take(told with { Carrier = Other(turn.V, told.Carrier) }).Answer(Answer.Taken);
        }

        if (failed.Transient)
        {
            var pause = Pause(told.Tries);
            var at = turn.Now + (failed.RetryAfter > pause ? failed.RetryAfter.Value : pause);
            var last = told.FirstTriedAt + turn.V.Policy.RepeatWithin;
            // However long it asks to wait: it is given up in time, and not at the deadline.
            var later = turn.Put(told with { DueAt = told.Effect is SendText or PlaceCall && at > last ? last.Value : at });
            return (told.Effect is SendText or PlaceCall ? later.With(later.V with { Reason = failed.Reason }) : later).Answer(Answer.Taken);
        }

        var rest = WentBy(turn.With(turn.V with { Pending = turn.V.Pending.Remove(pending) }), told);
        return (told.Effect switch
        {
            SendText text => TextFailed(rest, text.Send, failed.Reason),
            PlaceCall => AttemptFailed(rest.With(rest.V with { Call = rest.V.Call! with { Phase = CallPhase.Ended } }), failed.Reason),
            DialExtension => NotDialled(rest),
            _ => rest,
        }).Answer(Answer.Taken);
    }

    // 1, 2, 4 … 32 seconds.
    private static TimeSpan Pause(int tries) => TimeSpan.FromSeconds(1 << Math.Clamp(tries - 1, 0, 5));
}
