namespace Mfa.Core;

public partial record Verification
{
    private static Turn Notify(Turn turn) => turn.V.Devices.Aggregate(turn, (t, device) => t.Do(new WakeDevice(device)));

    private static Stepped Answered(Turn turn, NotificationAnswered answered)
    {
        var v = turn.V;
        if (v.How != How.Notification || answered.VerificationId != v.Id || !v.Devices.Contains(answered.DeviceId))
        {
            return turn.Answer(Answer.NotThisWay);
        }

        var (state, reason) = answered.Decision switch
        {
            Decision.Deny => (VerificationState.Denied, (Reason?)null),
            Decision.Fraud => (VerificationState.FraudReported, null),
            _ when v.MatchNumber is { } number && answered.Number != number => (VerificationState.Denied, Core.Reason.WrongNumber),
            _ => (VerificationState.Verified, null),
        };
        if (v.IsFinal)
        {
            // The answer to the first one was lost.
            return turn.Answer(v.AnsweredBy == answered.DeviceId && v.State == state ? Answer.Taken : Answer.Over);
        }

        // What is agreed to is what was shown.
        return v.Shown != answered.Seen ? turn.Answer(Answer.NotWhatWasShown)
            : turn.With(v with { AnsweredBy = answered.DeviceId, WithPin = answered.PinHash is not null }).End(state, reason).Answer(Answer.Taken);
    }
}
