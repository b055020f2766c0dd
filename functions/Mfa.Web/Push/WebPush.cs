using System.Net;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>Wakes apps by Web Push (RFC 8030), in the name of this service (VAPID, RFC 8292), encrypted for the app (RFC 8291): even so, it says nothing.</summary>
public sealed class WebPush : IPushCarrier, IDisposable
{
    private const string Nothing = "{}";

    private readonly HttpClient _http;
    private readonly PushServiceClient _client;

    public WebPush(PushSettings settings, PushEndpoints endpoints)
    {
        PublicKey = settings.PublicKey;
        _http = endpoints.NewClient();
        _client = new(_http)
        {
            AutoRetryAfter = false,
            DefaultAuthentication = new VapidAuthentication(settings.PublicKey, settings.PrivateKey) { Subject = settings.Subject },
            DefaultAuthenticationScheme = VapidAuthenticationScheme.Vapid,
        };
    }

    public string? PublicKey { get; }

    public async Task<CarrierAnswer> WakeAsync(PushSubscription to, Wake wake, CancellationToken cancel)
    {
        var subscription = new Lib.Net.Http.WebPush.PushSubscription { Endpoint = to.Endpoint.AbsoluteUri };
        subscription.SetKey(PushEncryptionKeyName.P256DH, to.P256dh);
        subscription.SetKey(PushEncryptionKeyName.Auth, to.Auth);
        try
        {
            await _client.RequestPushMessageDeliveryAsync(
                subscription,
                new PushMessage(Nothing) { Topic = wake.Topic, TimeToLive = Math.Max(1, (int)wake.TimeToLive.TotalSeconds), Urgency = PushMessageUrgency.High },
                cancel);
            return CarrierAnswer.Done();
        }
        catch (PushServiceClientException e)
        {
            return e.StatusCode switch
            {
                HttpStatusCode.NotFound or HttpStatusCode.Gone => CarrierAnswer.No(Reason.SubscriptionGone),
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => CarrierAnswer.NotNow(e.Headers?.RetryAfter?.Delta),
                _ => CarrierAnswer.No(Reason.Undeliverable),
            };
        }
        catch (HttpRequestException)
        {
            // It may be away, or its name leads where it must not: neither is for ever.
            return CarrierAnswer.NotNow();
        }
    }

    public void Dispose()
    {
        _client.DefaultAuthentication.Dispose();
        _http.Dispose();
    }
}
