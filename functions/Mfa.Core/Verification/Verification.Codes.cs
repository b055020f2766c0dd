namespace Mfa.Core;

public partial record Verification
{
    private static Turn SendNext(Turn turn)
    {
        var send = turn.V.Attempt + 1;
        // A newer text takes over from one that has not got through.
        var free = GoBy(turn).Drop(e => e is SendText or LookUp);
        return free
            .With(free.V with { State = VerificationState.Delivering, Attempt = send, LastSentAt = turn.Now, Reason = null })
            .Do(new SendText(send));
    }

    private static Stepped Type(Turn turn, CodeTyped typed)
    {
        var v = turn.V;
        if (v.IsFinal)
        {
            return TypeAgain(turn, typed);
        }

        if (v.How is How.Call or How.Notification)
        {
            return turn.Answer(Answer.NotThisWay);
        }

        if (IsRight(v, typed, out var step, turn.Now))
        {
            return turn.With(v with { AcceptedStep = step }).End(VerificationState.Verified).Answer(Answer.Taken);
        }

        var counted = turn.With(v with { WrongCodes = v.WrongCodes + 1 });
        return (counted.V.WrongCodes >= v.Policy.WrongCodes ? counted.End(VerificationState.Failed, Core.Reason.TooManyCodes) : counted)
            .Answer(Answer.WrongCode);
    }

    // The right code again: the answer to the first one was lost. Whoever guesses at it has as many tries as before the end, all in all.
    private static Stepped TypeAgain(Turn turn, CodeTyped typed)
    {
        var v = turn.V;
        return v.State != VerificationState.Verified || v.How is How.Call or How.Notification || v.WrongCodes >= v.Policy.WrongCodes ? turn.Answer(Answer.Over)
            : IsRight(v, typed, out _) ? turn.Answer(Answer.Taken)
            : turn.With(v with { WrongCodes = v.WrongCodes + 1 }).Answer(Answer.Over);
    }

    private static bool IsRight(Verification v, CodeTyped typed, out long? step, DateTimeOffset? now = null)
    {
        step = null;
        switch (v.How)
        {
            case How.Text:
                return IsSent(v, typed.Typed, typed.Key);
            case How.Code when now is { } t:
                step = Totp.AcceptedStep(typed.Key, typed.Typed, t, typed.LastStep);
                return step is not null;
            case How.Code:
                return v.AcceptedStep is { } accepted && Totp.IsCodeOf(typed.Key, typed.Typed, accepted);
            default:
                return false;
        }
    }

    // The last two codes sent are valid; both are always compared.
    private static bool IsSent(Verification v, string typed, Secret key)
    {
        var latest = VerificationCode.Derive(key, v.Id, v.Attempt).Matches(typed);
        var before = VerificationCode.Derive(key, v.Id, Math.Max(1, v.Attempt - 1)).Matches(typed);
        return latest | before;
    }

    private static Stepped Reply(Turn turn, Replied replied)
    {
        var v = turn.V;
        // A reply that is late or wrong counts as nobody's failure: anybody can send a text.
        if (v.IsFinal || v.How != How.Text || !IsSent(v, replied.Typed, replied.Key) || (v.MatchNumber is not null && replied.Digits is null))
        {
            return turn.Answer(Answer.Ignored);
        }

        // Whoever has the code has the phone: other digits are those of another page.
        return (v.MatchNumber is { } number && replied.Digits != $"{number}"
                ? turn.End(VerificationState.Denied, Core.Reason.WrongNumber)
                : turn.End(VerificationState.Verified))
            .Answer(Answer.Taken);
    }

    private static Stepped Report(Turn turn, TextReported reported)
    {
        var v = turn.V;
        if (v.IsFinal || v.How != How.Text || reported.Send != v.Attempt)
        {
            return turn.Answer(Answer.Ignored);
        }

        var told = NotPending(turn).Drop(e => e is LookUp);
        return (reported.Delivered
                ? told.With(told.V with { State = VerificationState.Waiting, Reason = null })
                : reported.Own && MayGoByOther(told.V) ? told.With(told.V with { State = VerificationState.Waiting, Reason = Core.Reason.CarrierDown })
                : TextFailed(told, reported.Send, Core.Reason.Undeliverable))
            .Answer(Answer.Taken);
    }

    // The first text is all there is; after a later one, the code of the text before it may still come.
    private static Turn TextFailed(Turn turn, int send, Reason reason) =>
        send == 1 ? turn.End(VerificationState.Failed, reason) : turn.With(turn.V with { State = VerificationState.Waiting, Reason = reason });

    private static Stepped Resend(Turn turn)
    {
        var v = turn.V;
        if (v.IsFinal)
        {
            return turn.Answer(Answer.Over);
        }

        switch (v.How)
        {
            case How.Call when v.RetryAt is not null:
                // The user needs not wait for the next call: it is placed now instead of later.
                var again = CallAgain(turn);
                return again.Answer(again.V.IsFinal ? Answer.Over : Answer.Taken);
            case How.Call:
                return turn.Answer(Answer.TooSoon);
            case How.Text when v.Attempt >= v.Policy.Sends:
                return turn.Answer(Answer.NoSendsLeft);
            case How.Text when turn.Now < v.LastSentAt + v.Policy.SendAgainAfter:
                return turn.Answer(Answer.TooSoon);
            case How.Text:
                return SendNext(turn).Answer(Answer.Taken);
            default:
                return turn.Answer(Answer.NotThisWay);
        }
    }
}
