namespace Mfa.Web;
public sealed record PushSubscription(Uri Endpoint, string P256dh, string Auth);
public sealed record Wake(string Topic, TimeSpan TimeToLive);
public interface IPushCarrier { string? PublicKey { get; } Task<CarrierAnswer> WakeAsync(PushSubscription to, Wake wake, CancellationToken cancel); }
public sealed class NoPush : IPushCarrier { public string? PublicKey => null; public Task<CarrierAnswer> WakeAsync(PushSubscription to, Wake wake, CancellationToken cancel) => Task.FromResult(CarrierAnswer.Done()); }
