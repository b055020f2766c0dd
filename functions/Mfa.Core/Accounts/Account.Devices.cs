using System.Collections.Immutable;

namespace Mfa.Core;

public partial record Account
{
    /// <summary>The account's devices, by the id of their method.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<KeyValuePair<string, Device>> Devices => Methods.Where(m => m.Device is not null).Select(m => KeyValuePair.Create(m.Id, m.Device!));

    /// <summary>Why no notification is sent now: whoever has the password must not wear the user down. Null when one is.</summary>
    public AccountRefusal? MayNotify(AccountPolicy policy, DateTimeOffset now)
    {
        var open = Unanswered(policy, now);
        return open.Length < policy.NotificationsUnanswered ? null : new(AccountFault.NotificationsWait, open.Min(n => n.At) + policy.NotificationsWithin);
    }

    /// <summary>The account that sends a notification, and the place that it has in the devices' inboxes.</summary>
    /// <param name="verificationId">The verification that it is for.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public (Account Account, int Slot) Notifying(string verificationId, AccountPolicy policy, DateTimeOffset now)
    {
        var open = Unanswered(policy, now);
        var slot = Enumerable.Range(0, policy.NotificationsUnanswered).First(i => open.All(n => n.Slot != i));
        return (this with { Notified = open.Add(new(verificationId, slot, now)) }, slot);
    }

    /// <summary>The account whose user agreed to a notification: it counts no more.</summary>
    public Account Heard(string verificationId) =>
        Notified.FirstOrDefault(n => n.VerificationId == verificationId) is { } heard ? this with { Notified = Notified.Remove(heard) } : this;

    /// <summary>
    /// The account whose user said no to a notification: it counts on, so that whoever has the password does not go on asking because of it. It is
    /// another account, and so saved only if nobody changed it meanwhile: a device that was removed says nothing any more.
    /// </summary>
    public Account Refused(string verificationId) =>
        Notified.FirstOrDefault(n => n.VerificationId == verificationId) is { } refused ? this with { Notified = Notified.Replace(refused, refused with { IsRefused = true }) } : this;

    /// <summary>The account with a device changed; the very same where it has none of this id.</summary>
    public Account With(string deviceId, Device device) =>
        Method(deviceId) is { Device: not null } method && method.Device != device ? this with { Methods = Methods.Replace(method, method with { Device = device }) } : this;

    /// <summary>The account without a device that gives itself up: it needs no second step for that, being one.</summary>
    public (Account Account, AccountRefusal? Refusal) GiveUp(string deviceId) =>
        Method(deviceId) is not { Device: not null } method ? (this, null)
        : Required && Methods.Length == 1 ? (this, new(AccountFault.LastMethod))
        : (With(Methods.Remove(method)), null);

    private ImmutableArray<Notified> Unanswered(AccountPolicy policy, DateTimeOffset now) => Notified.RemoveAll(n => n.At + policy.NotificationsWithin <= now);
}
