namespace Mfa.Core.Tests;

/// <summary>Tells whether a device agreed, from what it answered and what it is at that moment.</summary>
internal static class NotificationProofs
{
    public static bool IsRight(AccountStep step) =>
        step is { HolderBefore: { Verification: { How: How.Notification } v } before, Event: NotificationAnswered { Decision: Decision.Authenticate } answered }
        && answered.VerificationId == v.Id && v.Devices.Contains(answered.DeviceId) && answered.Seen == Contacting.Shown(v.Id)
        && step.Now < v.StartedAt + v.Policy.NotificationLifetime
        && answered.Number == MatchingNumber.Derive(Play.Key, v.Id, v.Policy.MatchDigits)
        && Device(before, step.Before, answered.DeviceId) is { } device
        && (device.Pin is null || answered.PinHash == AccountPlay.PinHash);

    /// <summary>The device with an id, of the account or of what is set up.</summary>
    public static Device? Device(Holder holder, Account account, string id) => holder is Enrollment enrollment
        ? enrollment.NewMethodId == id ? enrollment.Activation?.Device : null
        : account.Methods.SingleOrDefault(m => m.Id == id)?.Device;
}
