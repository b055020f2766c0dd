using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

/// <summary>Notifications of one account, to all its devices, beside everything else that happens to it.</summary>
public class NotificationProperties
{
    private const int Runs = 10_000;

    [Fact]
    public void A_device_is_set_up_only_by_its_own_answer() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        if (step.Enrolls && step.HolderAfter is Enrollment { HasDevice: true } enrollment)
        {
            Assert.True(NotificationProofs.IsRight(step));
            var method = step.After.Method(enrollment.NewMethodId)!;
            Assert.Equal((How.Notification, enrollment.Activation!.Device!.PublicKey, enrollment.Id), (method.How, method.Device!.PublicKey, method.SeedOf));
        }
    }), iter: Runs);

    [Fact]
    public void A_code_activates_once_and_as_often_as_the_policy_has_it_is_guessed_at() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        if (step is not { HolderBefore: Enrollment { Activation: { } was }, HolderAfter: Enrollment { Activation: { } now } after })
        {
            return;
        }

        Assert.InRange(now.WrongCodes, was.WrongCodes, Math.Min(was.WrongCodes + 1, life.Policy.ActivationCodes));
        Assert.Equal(now.WrongCodes == life.Policy.ActivationCodes, after.Fault == AccountFault.ActivationFailed);
        Assert.True(was.Device is null || was.Device.PublicKey == now.Device!.PublicKey);
        Assert.True(was.Device is not null || now.Device is null || (was.WrongCodes == now.WrongCodes && step.Now < after.ExpiresAt && after.EndedAt is null));
    }), iter: Runs);

    [Fact]
    public void Wrong_pins_are_each_counted_and_a_device_that_is_locked_agrees_to_nothing() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        if (step is not { HolderBefore: { } before, HolderAfter: { } after, Event: NotificationAnswered answered }
            || NotificationProofs.Device(before, step.Before, answered.DeviceId) is not { } was || NotificationProofs.Device(after, step.After, answered.DeviceId) is not { } now)
        {
            return;
        }

        var proved = after.Verification!.State == VerificationState.Verified && before.Verification!.State != VerificationState.Verified;
        Assert.Equal(step.Answer == Answer.WrongPin ? was.WrongPins + 1 : proved ? 0 : now.WrongPins, now.WrongPins);
        Assert.True(now.WrongPins <= life.Policy.WrongPins);
        Assert.False(proved && was.WrongPins >= life.Policy.WrongPins);
        // No number is judged before the PIN is right.
        Assert.True(was.Pin is null || answered.PinHash == AccountPlay.PinHash || after.Verification.Reason != Reason.WrongNumber);
    }), iter: Runs);

    [Fact]
    public void No_more_go_unanswered_in_ten_minutes_than_the_policy_has() => AccountLife.Any.Sample(life =>
    {
        var unanswered = new Dictionary<string, DateTimeOffset>();
        life.Run(step =>
        {
            if (step.HolderAfter?.Verification is { How: How.Notification } v && step.HolderBefore?.Verification?.Id != v.Id)
            {
                unanswered[v.Id] = step.Now;
                Assert.InRange(unanswered.Values.Count(at => step.Now < at + life.Policy.NotificationsWithin), 1, life.Policy.NotificationsUnanswered);
            }

            if (step is { Event: NotificationAnswered, Answer: Answer.Taken, HolderBefore.Verification: { IsFinal: false } heard })
            {
                unanswered.Remove(heard.Id);
            }
        });
    }, iter: Runs);
}
