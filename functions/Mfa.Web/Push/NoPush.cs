using Mfa.Core;

namespace Mfa.Web;

/// <summary>Stands where no VAPID key is set: nobody is woken, and a device sees a request once it looks.</summary>
public sealed class NoPush : IPushCarrier
{
    public string? PublicKey => null;

    public Task<CarrierAnswer> WakeAsync(PushSubscription to, Wake wake, CancellationToken cancel) => Task.FromResult(CarrierAnswer.No(Reason.Undeliverable));
}
