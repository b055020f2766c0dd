namespace Mfa.Web;

/// <summary>
/// Who wakes authenticator apps. A wake-up says nothing but "look", and may come late, twice or never. Every answer is a value, as a
/// carrier's is.
/// </summary>
public interface IPushCarrier
{
    /// <summary>What an app subscribes with: the public key of this service (RFC 8292 section 3.2), base64url; null where no app is woken.</summary>
    string? PublicKey { get; }

    /// <summary>Hands over a wake-up. A subscription that is gone is <see cref="Core.Reason.SubscriptionGone"/>.</summary>
    Task<CarrierAnswer> WakeAsync(PushSubscription to, Wake wake, CancellationToken cancel);
}

/// <summary>A wake-up on its way out.</summary>
/// <param name="Topic">Takes the place of an undelivered one of the same topic: at most 32 characters of base64url (RFC 8030 section 5.4).</param>
/// <param name="TimeToLive">How long it is of use.</param>
public sealed record Wake(string Topic, TimeSpan TimeToLive);

/// <summary>Stands where no key is set: apps find what they are asked when they are opened.</summary>
public sealed class NoPush : IPushCarrier
{
    public string? PublicKey => null;

    public Task<CarrierAnswer> WakeAsync(PushSubscription to, Wake wake, CancellationToken cancel) => Task.FromResult(CarrierAnswer.Done());
}
