using System.Net;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Mfa.Core;
using Microsoft.Extensions.Logging;
using Receiver = Lib.Net.Http.WebPush.PushSubscription;

namespace Mfa.Web;

/// <summary>
/// Web Push: RFC 8030 by the push service of the device's browser, sealed for that browser (RFC 8291, aes128gcm), signed by our VAPID key
/// (RFC 8292). What is sealed is empty, of one length, and the same for everybody.
/// </summary>
public sealed class WebPush : IPushCarrier, IDisposable
{
    private const string Empty = "{}";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly ILogger<WebPush> _log;
    private readonly VapidKey _key;
    private readonly HttpClient _http;
    private readonly VapidAuthentication _vapid;
    private readonly PushServiceClient _client;

    /// <summary>Wakes devices by the key of the settings, which must be there.</summary>
    /// <exception cref="ArgumentException">The settings have no key.</exception>
    public WebPush(PushSettings settings, PublicNetwork network, TimeProvider time, ILogger<WebPush> log)
    {
        (_time, _log) = (time, log);
        _key = settings.Key ?? throw new ArgumentException("Push is off: there is no key.", nameof(settings));
        var tokens = new VapidTokens(_key, settings.Subject, time);
        _http = new(new PushRequests(_key, tokens, network.NewHandler())) { Timeout = s_patience };
        _vapid = new(_key.Public, _key.Private) { Subject = settings.Subject, TokenCache = tokens };
        // By itself it would wait as long as a push service asks for, and repeat without an end.
        _client = new(_http) { DefaultAuthentication = _vapid, AutoRetryAfter = false };
    }

    public string PublicKey => _key.Public;

    public async Task<CarrierAnswer> WakeAsync(PushSubscription to, Wake wake, CancellationToken cancel)
    {
        var message = new PushMessage(Empty) { Topic = wake.Topic, TimeToLive = (int)Math.Min(Math.Ceiling(wake.TimeToLive.TotalSeconds), int.MaxValue), Urgency = PushMessageUrgency.High };
        var receiver = new Receiver { Endpoint = to.Endpoint.AbsoluteUri };
        receiver.SetKey(PushEncryptionKeyName.P256DH, to.P256dh);
        receiver.SetKey(PushEncryptionKeyName.Auth, to.Auth);
        try
        {
            await _client.RequestPushMessageDeliveryAsync(receiver, message, cancel);
            return CarrierAnswer.Done();
        }
        catch (PushServiceClientException e)
        {
            return Told(Of(e.StatusCode, RetryAfter(e)), to, (int)e.StatusCode);
        }
        catch (HttpRequestException e) when (e.InnerException is AddressRefusedException)
        {
            _log.LogWarning("The push service {Host} leads to an address that is not public: nothing was sent", to.Endpoint.Host);
            return CarrierAnswer.No(Reason.Undeliverable);
        }
        catch (HttpRequestException e)
        {
            _log.LogWarning("The push service {Host} gave no answer: {Fault}", to.Endpoint.Host, e.HttpRequestError);
            return e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                ? CarrierAnswer.NotNow()
                : CarrierAnswer.Unknown();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            _log.LogWarning("The push service {Host} did not answer in time", to.Endpoint.Host);
            return CarrierAnswer.Unknown();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _vapid.Dispose();
    }

    // RFC 8030 sections 5 and 8.4; RFC 8292 section 4.2.
    private static CarrierAnswer Of(HttpStatusCode status, TimeSpan? retryAfter) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => CarrierAnswer.Done(),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => CarrierAnswer.No(Reason.SubscriptionGone),
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => CarrierAnswer.NotNow(retryAfter),
        HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => CarrierAnswer.Unknown(retryAfter),
        _ => CarrierAnswer.No(Reason.Undeliverable),
    };

    private CarrierAnswer Told(CarrierAnswer answer, PushSubscription to, int status)
    {
        if (status is 401 or 403)
        {
            _log.LogError("The push service {Host} does not let us in ({Status}): check Push__VapidKey and Push__Subject", to.Endpoint.Host, status);
        }
        else if (answer.Failure is { Reason: not Reason.SubscriptionGone })
        {
            _log.LogWarning("The push service {Host} answered {Status}", to.Endpoint.Host, status);
        }

        return answer;
    }

    private TimeSpan? RetryAfter(PushServiceClientException e)
    {
        var after = e.Headers?.RetryAfter?.Delta ?? e.Headers?.RetryAfter?.Date - _time.GetUtcNow();
        return after > TimeSpan.Zero ? after : null;
    }
}
