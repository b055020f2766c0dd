using System.Globalization;
using Mfa.Web;
using Mfa.Web.Acs;

namespace Mfa.Local;

/// <summary>
/// The carrier of a laptop: speaks to a telephone network (Mfa.VirtualPhone) as to Azure Communication Services. Nothing is
/// repeated here; who asked decides on that.
/// </summary>
public sealed class VirtualCarrier(NetworkConnection connection, string from, TimeProvider time, ILogger<VirtualCarrier> log) : ICarrier, IDisposable
{
    private const string CallsVersion = "api-version=2026-03-12";
    private const string TextsVersion = "api-version=2021-03-07";
    private const int BetweenKeys = 5;
    private const int SilenceAtMost = 300;
    private static readonly string[] s_pound = ["pound"];

    // A proxy of the company can't reach this machine's own ports.
    private readonly HttpClient _http = new(new RequestSigning(connection, time, CarrierConnections.Make(proxy: !connection.Endpoint.IsLoopback)))
    {
        BaseAddress = connection.Endpoint,
        Timeout = TimeSpan.FromSeconds(30),
    };

    public CarrierKind Kind => CarrierKind.Acs;

    public Task<CarrierAnswer> SendTextAsync(OutgoingText text, CancellationToken cancel)
    {
        var to = new { to = text.To.E164, repeatabilityRequestId = text.Once.RequestId, repeatabilityFirstSent = FirstSent(text.Once) };
        var options = new { enableDeliveryReport = true, tag = text.Tag };
        return SendAsync($"sms?{TextsVersion}", new { from, smsRecipients = new[] { to }, message = text.Body, smsSendOptions = options }, null, async response =>
            await NetworkWire.ReadAsync<SentTexts>(response, cancel) is { Value: [{ } sent] } ? Told(AcsAnswers.OfText(sent.Successful, sent.HttpStatusCode, sent.ErrorMessage), sent.HttpStatusCode) : CarrierAnswer.Unknown(), cancel);
    }

    public Task<CarrierAnswer> PlaceCallAsync(OutgoingCall call, CancellationToken cancel)
    {
        var body = new { targets = new[] { NetworkWire.Identifier(call.To.E164) }, sourceCallerIdNumber = new { value = from }, callbackUri = call.Callback };
        return SendAsync($"calling/callConnections?{CallsVersion}", body, call.Once, async response =>
            await NetworkWire.ReadAsync<PlacedCall>(response, cancel) is { CallConnectionId: { Length: > 0 } id } ? CarrierAnswer.Done(id) : CarrierAnswer.Unknown(), cancel);
    }

    public Task<CarrierAnswer> DialAsync(OutgoingTones tones, CancellationToken cancel) => InCallAsync(tones.CallId, "sendDtmfTones", new
    {
        tones = tones.Digits.Select(AcsTones.Of),
        targetParticipant = NetworkWire.Identifier(tones.To.E164),
        operationContext = tones.Part.ToString(CultureInfo.InvariantCulture),
    }, cancel, tones.Once);

    public Task<CarrierAnswer> AskAsync(CallQuestion question, CancellationToken cancel) => InCallAsync(question.CallId, "recognize", new
    {
        recognizeInputType = "dtmf",
        playPrompt = NetworkWire.Source(question.Text),
        interruptCallMediaOperation = true,
        recognizeOptions = new
        {
            interruptPrompt = true,
            initialSilenceTimeoutInSeconds = (int)Math.Clamp(Math.Ceiling(question.Silence.TotalSeconds), 0, SilenceAtMost),
            targetParticipant = NetworkWire.Identifier(question.To.E164),
            // For one key there is no stop tone: the # itself is the answer.
            dtmfOptions = new { interToneTimeoutInSeconds = BetweenKeys, maxTonesToCollect = question.Keys, stopTones = question.Keys == 1 ? null : s_pound },
        },
        operationContext = question.Prompt.ToString(CultureInfo.InvariantCulture),
    }, cancel);

    public Task<CarrierAnswer> SayAsync(string callId, SpokenText text, CancellationToken cancel) =>
        InCallAsync(callId, "play", new { playSources = new[] { NetworkWire.Source(text) }, playTo = Array.Empty<object>(), interruptCallMediaOperation = true }, cancel);

    public Task<CarrierAnswer> HangUpAsync(string callId, CancellationToken cancel) => InCallAsync(callId, "terminate", new { }, cancel);

    public bool Gives(string callId) => AcsCallEvents.IsCallId(callId);

    public void Dispose() => _http.Dispose();

    private Task<CarrierAnswer> InCallAsync(string callId, string verb, object body, CancellationToken cancel, Repeatable? once = null) =>
        SendAsync($"calling/callConnections/{Uri.EscapeDataString(callId)}:{verb}?{CallsVersion}", body, once, _ => Task.FromResult(CarrierAnswer.Done()), cancel, inCall: true);

    private async Task<CarrierAnswer> SendAsync(
        string path, object body, Repeatable? once, Func<HttpResponseMessage, Task<CarrierAnswer>> read, CancellationToken cancel, bool inCall = false)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, body.GetType(), options: NetworkWire.Json) };
            if (once is not null)
            {
                request.Headers.Add("Repeatability-Request-ID", once.RequestId.ToString());
                request.Headers.Add("Repeatability-First-Sent", FirstSent(once));
            }

            using var response = await _http.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode)
            {
                return await read(response);
            }

            var status = (int)response.StatusCode;
            var over = inCall && AcsAnswers.IsOver(status, (await NetworkWire.ReadAsync<RefusedRequest>(response, cancel))?.Error?.Code);
            return over ? CarrierAnswer.Done() : Told(AcsAnswers.Of(status, RetryAfter(response)), status);
        }
        catch (HttpRequestException e)
        {
            log.LogWarning("The telephone network at {Endpoint} gave no answer: {Fault}", connection.Endpoint, e.HttpRequestError);
            return CarrierAnswer.Of(e);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            log.LogWarning("The telephone network at {Endpoint} did not answer in time", connection.Endpoint);
            return CarrierAnswer.Unknown();
        }
    }

    private CarrierAnswer Told(CarrierAnswer answer, int status)
    {
        if (AcsAnswers.IsLockedOut(status))
        {
            log.LogError("The telephone network at {Endpoint} does not let us in ({Status}): check the key in Carrier__ConnectionString", connection.Endpoint, status);
        }
        else if (answer.Failure is not null)
        {
            log.LogWarning("The telephone network answered {Status}", status);
        }

        return answer;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var after = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - time.GetUtcNow();
        return after > TimeSpan.Zero ? after : null;
    }

    private static string FirstSent(Repeatable once) => once.FirstSent.ToString("r", CultureInfo.InvariantCulture);
}
