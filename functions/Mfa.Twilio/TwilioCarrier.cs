using Mfa.Core;
using Mfa.Web;
using Mfa.Web.Twilio;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using PhoneNumber = Twilio.Types.PhoneNumber;

namespace Mfa.Twilio;

/// <summary>
/// Twilio, through its library. It knows no repeat by its id, so before a text or a call whose outcome is unknown is repeated, it is
/// asked whether it has it. What is said in a call is new instructions for it.
/// </summary>
public sealed class TwilioCarrier(TwilioSettings settings, TimeProvider time, ILogger<TwilioCarrier> log) : ICarrier, IDisposable
{
    private const int ListAtMost = 50;

    // 10 hours are Twilio's most.
    private const int LastsAtMost = 36_000;

    private static readonly TimeSpan s_clocksDiffer = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_callClocksDiffer = TimeSpan.FromSeconds(2);
    // Longer than it rings.
    private static readonly TimeSpan s_lookForCall = TimeSpan.FromSeconds(75);
    private static readonly List<string> s_states = ["initiated", "ringing", "completed"];

    // A proxy of the company can't reach this machine's own ports.
    private readonly HttpMessageHandler _connections = CarrierConnections.Make(proxy: !settings.Endpoint.IsLoopback);

    /// <summary>How long its news of a text is waited for before it is asked what became of it.</summary>
    public static TimeSpan LookForText { get; } = TimeSpan.FromSeconds(45);

    /// <summary>Both sides of it.</summary>
    /// <param name="settings">How it is reached, and what proves its callbacks.</param>
    /// <param name="service">The service that it calls back.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Makes the logs.</param>
    public static SetCarrier Set(TwilioSettings settings, ServiceSettings service, TimeProvider time, ILoggerFactory logs) => new(
        new TwilioCarrier(settings, time, logs.CreateLogger<TwilioCarrier>()), new TwilioCallbacks(settings, service, logs.CreateLogger<TwilioCallbacks>()));

    public CarrierKind Kind => CarrierKind.Twilio;

    public Task<CarrierAnswer> SendTextAsync(OutgoingText text, CancellationToken cancel) => OnceAsync(text.Once, LookForText, () => FindTextAsync(text, cancel), async () =>
    {
        var options = new CreateMessageOptions(new PhoneNumber(text.To.E164))
        {
            From = TextsFrom,
            MessagingServiceSid = settings.MessagingService,
            Body = text.Body,
            StatusCallback = TwilioAddress.Text(text.Callback),
            ValidityPeriod = (int)Math.Clamp(Math.Ceiling(text.Lasts.TotalSeconds), 1, LastsAtMost),
        };
        return (await MessageResource.CreateAsync(options, Client(cancel)))?.Sid;
    });

    public Task<CarrierAnswer> PlaceCallAsync(OutgoingCall call, CancellationToken cancel) => OnceAsync(call.Once, s_lookForCall, () => FindCallAsync(call, cancel), async () =>
    {
        var options = new CreateCallOptions(new PhoneNumber(call.To.E164), new PhoneNumber(settings.From))
        {
            Url = TwilioAddress.Answered(call.Callback),
            StatusCallback = TwilioAddress.Status(call.Callback),
            StatusCallbackEvent = s_states,
        };
        return (await CallResource.CreateAsync(options, Client(cancel)))?.Sid;
    });

    public Task<CarrierAnswer> DialAsync(OutgoingTones tones, CancellationToken cancel) => SayAsync(tones.CallId, new DialNext(tones), cancel);

    public Task<CarrierAnswer> AskAsync(CallQuestion question, CancellationToken cancel) => SayAsync(question.CallId, new AskNext(question), cancel);

    public async Task<CarrierAnswer> SayAsync(string callId, SpokenText text, CancellationToken cancel)
    {
        var answer = await SayAsync(callId, new SayLast(text), cancel);
        return answer with { EndsCall = answer is { Failure: null, IsOver: false } };
    }

    public async Task<CarrierAnswer> HangUpAsync(string callId, CancellationToken cancel)
    {
        var ended = await InCallAsync(new(callId) { Status = CallResource.UpdateStatusEnum.Completed }, cancel);
        // What is said to be over may ring: canceled is for calls that nobody has answered, and means nothing to others.
        return ended.IsOver ? await InCallAsync(new(callId) { Status = CallResource.UpdateStatusEnum.Canceled }, cancel) with { IsOver = true } : ended;
    }

    public bool Gives(string callId) => TwilioSid.IsOfCall(callId);

    public async Task<CarrierEvent?> LookUpAsync(string receipt, How how, int attempt, CancellationToken cancel)
    {
        CarrierEvent? found = null;
        await DoAsync(async () =>
        {
            if (how == How.Call)
            {
                var call = await CallResource.FetchAsync(receipt, client: Client(cancel));
                found = TwilioStates.OfCall($"{call?.Status}", sip: null, attempt, receipt) as CallEnded;
            }
            else
            {
                var text = await MessageResource.FetchAsync(receipt, client: Client(cancel));
                var state = $"{text?.Status}";
                found = TwilioStates.IsDelivered(state) is { } delivered ? new TextReported(EventIds.Of($"{receipt}/{state}"), attempt, delivered, TwilioStates.IsOwn(text?.ErrorCode ?? 0)) : null;
            }

            return CarrierAnswer.Done();
        });
        return found;
    }

    public void Dispose() => _connections.Dispose();

    // A messaging service has numbers of its own.
    private PhoneNumber? TextsFrom => settings.MessagingService is null ? new(settings.From) : null;

    // The same words to the same number, not before it was first sent: nobody else sends that code. A trial account has words of its own before them.
    private async Task<string?> FindTextAsync(OutgoingText text, CancellationToken cancel)
    {
        var http = Http(cancel);
        var all = await MessageResource.ReadAsync(new ReadMessageOptions { To = new(text.To.E164), From = TextsFrom, PageSize = ListAtMost, Limit = ListAtMost }, Client(http));
        var first = AtTwilio(text.Once.FirstSent, http);
        return all.FirstOrDefault(m => m.Body?.EndsWith(text.Body, StringComparison.Ordinal) == true && Utc(m.DateCreated) >= first - s_clocksDiffer)?.Sid;
    }

    // A call has nothing to compare: that to the same number which was made nearest to the first try, and is not over since before it, such as a busy one just before.
    private async Task<string?> FindCallAsync(OutgoingCall call, CancellationToken cancel)
    {
        var http = Http(cancel);
        var all = await CallResource.ReadAsync(new ReadCallOptions { To = new(call.To.E164), From = new(settings.From), PageSize = ListAtMost, Limit = ListAtMost }, Client(http));
        var first = AtTwilio(call.Once.FirstSent, http);
        var whole = WholeSecond(first);
        return all.Where(c => Utc(c.DateCreated) >= whole - s_callClocksDiffer && !(Utc(c.EndTime) < whole)).MinBy(c => (Utc(c.DateCreated) - first)!.Value.Duration())?.Sid;
    }

    // By Twilio's clock, however wrong ours is; it tells whole seconds.
    private DateTimeOffset AtTwilio(DateTimeOffset at, TwilioHttp http) => http.Date - time.GetUtcNow() is { } apart && apart.Duration() > s_callClocksDiffer ? at + apart : at;

    // Twilio tells no fractions.
    private static DateTimeOffset WholeSecond(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), at.Offset);

    // The library tells the time of this machine's zone.
    private static DateTimeOffset? Utc(DateTime? at) => at?.ToUniversalTime();

    // What it says of itself comes first, by callbacks, and settles most of what is unknown.
    private async Task<CarrierAnswer> OnceAsync(Repeatable once, TimeSpan lookAfter, Func<Task<string?>> find, Func<Task<string?>> send)
    {
        var found = once.Again ? await DoAsync(async () => CarrierAnswer.Done(await find())) : CarrierAnswer.Done();
        // A list that can't be had tells nothing of what was sent.
        return found.Failure is not null ? TwilioAnswers.Unknown()
            : found.Receipt is not null ? found with { LookAfter = lookAfter }
            : await DoAsync(async () => await send() is { Length: > 0 } sid ? CarrierAnswer.Done(sid) with { LookAfter = lookAfter } : TwilioAnswers.Unknown());
    }

    private Task<CarrierAnswer> SayAsync(string callId, CallStep step, CancellationToken cancel) => InCallAsync(new(callId) { Twiml = new(CallScript.Of(step)) }, cancel);

    private Task<CarrierAnswer> InCallAsync(UpdateCallOptions options, CancellationToken cancel) => DoAsync(async () =>
    {
        try
        {
            await CallResource.UpdateAsync(options, Client(cancel));
            return CarrierAnswer.Done();
        }
        catch (ApiConnectionException e) when (e.InnerException is TwilioRefusedException refusal && TwilioAnswers.IsOver(refusal.Status, refusal.Code))
        {
            return CarrierAnswer.Over();
        }
    });

    private TwilioHttp Http(CancellationToken cancel) => new(settings.Endpoint, _connections, cancel);

    private TwilioRestClient Client(CancellationToken cancel) => Client(Http(cancel));

    private TwilioRestClient Client(TwilioHttp http) => new(settings.Key?.Sid ?? settings.AccountSid, settings.Key?.Secret ?? settings.AuthTokens[0], settings.AccountSid, httpClient: http);

    private async Task<CarrierAnswer> DoAsync(Func<Task<CarrierAnswer>> act)
    {
        try
        {
            return await act();
        }
        catch (ApiConnectionException e) when (e.InnerException is TwilioRefusedException refusal)
        {
            var answer = TwilioAnswers.Of(refusal.Status, refusal.Code, refusal.RetryAfter(time.GetUtcNow()));
            return Told(answer, refusal);
        }
        catch (ApiConnectionException e) when (e.InnerException is HttpRequestException fault)
        {
            log.LogWarning("Twilio gave no answer: {Fault}", fault.HttpRequestError);
            return CarrierAnswer.Of(fault, TwilioAnswers.NewsWithin);
        }
        // A list that is none, or lacks what it should have, meets the library unprepared.
        catch (Exception e) when (e is ApiConnectionException or ApiException or OperationCanceledException
            or JsonException or NullReferenceException or ArgumentException)
        {
            log.LogWarning("Twilio did not answer in time, or with something else: {Fault}", (e.InnerException ?? e).GetType().Name);
            return TwilioAnswers.Unknown();
        }
    }

    private CarrierAnswer Told(CarrierAnswer answer, TwilioRefusedException refusal)
    {
        if (TwilioAnswers.IsLockedOut(refusal.Status, refusal.Code))
        {
            log.LogError("Twilio does not let us in ({Status} {Code}): check {Setting}", refusal.Status, refusal.Code, settings.Key is null ? "Twilio__AccountSid and Twilio__AuthTokens" : "Twilio__ApiKey and Twilio__ApiSecret");
        }
        else
        {
            log.Log(answer.Failure is { Own: true, Transient: false } ? LogLevel.Error : LogLevel.Warning, "Twilio answered {Status} {Code}", refusal.Status, refusal.Code);
        }

        return answer;
    }
}
