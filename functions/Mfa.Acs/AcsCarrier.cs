using System.Globalization;
using Azure;
using Azure.Communication;
using Azure.Communication.CallAutomation;
using Azure.Communication.Sms;
using Azure.Core;
using Azure.Identity;
using Mfa.Web;
using Mfa.Web.Acs;
using Microsoft.Extensions.Logging;

namespace Mfa.Acs;

/// <summary>
/// Azure Communication Services through its SDKs. Nothing is repeated here: who asked decides on that, within the effect's lease,
/// whose end cancels the token.
/// </summary>
public sealed class AcsCarrier(SmsClient texts, CallAutomationClient calls, string from, Uri? speech, TimeProvider time, ILogger<AcsCarrier> log) : ICarrier
{
    private static readonly TimeSpan s_betweenKeys = TimeSpan.FromSeconds(5);

    /// <summary>The carrier over a connection.</summary>
    /// <param name="connection">Where it is, and the key where there is one.</param>
    /// <param name="from">The number that texts and calls come from.</param>
    /// <param name="identity">Who we are, where there is no key.</param>
    /// <param name="log">The log.</param>
    public static AcsCarrier Create(AcsConnection connection, string from, TokenCredential identity, ILogger<AcsCarrier> log)
    {
        var (forTexts, forCalls) = (AcsPipeline.Prepare(new SmsClientOptions(), new RepeatableText()), AcsPipeline.Prepare(new CallAutomationClientOptions(), new RepeatableCall()));
        return connection.ConnectionString is { } key
            ? new(new SmsClient(key, forTexts), new CallAutomationClient(key, forCalls), from, connection.Speech, TimeProvider.System, log)
            : new(new SmsClient(connection.Endpoint, identity, forTexts), new CallAutomationClient(connection.Endpoint, identity, forCalls), from, connection.Speech, TimeProvider.System, log);
    }

    public CarrierKind Kind => CarrierKind.Acs;

    public Task<CarrierAnswer> SendTextAsync(OutgoingText text, CancellationToken cancel) => DoAsync(async () =>
    {
        using var scope = RepeatableCall.Scope(text.Once);
        SmsSendResult sent = await texts.SendAsync(from, text.To.E164, text.Body, new SmsSendOptions(enableDeliveryReport: true) { Tag = text.Tag }, cancel);
        return AcsAnswers.OfText(sent.Successful, sent.HttpStatusCode, sent.ErrorMessage);
    });

    public Task<CarrierAnswer> PlaceCallAsync(OutgoingCall call, CancellationToken cancel) => DoAsync(async () =>
    {
        using var scope = RepeatableCall.Scope(call.Once);
        var invite = new CallInvite(new PhoneNumberIdentifier(call.To.E164), new PhoneNumberIdentifier(from));
        var options = new CreateCallOptions(invite, call.Callback) { CallIntelligenceOptions = speech is null ? null : new CallIntelligenceOptions { CognitiveServicesEndpoint = speech } };
        CreateCallResult placed = await calls.CreateCallAsync(options, cancel);
        return placed.CallConnectionProperties.CallConnectionId is { Length: > 0 } id ? CarrierAnswer.Done(id) : CarrierAnswer.Unknown();
    });

    public Task<CarrierAnswer> DialAsync(OutgoingTones tones, CancellationToken cancel) => InCallAsync(async () =>
    {
        using var scope = RepeatableCall.Scope(tones.Once);
        var options = new SendDtmfTonesOptions(tones.Digits.Select(Tone), new PhoneNumberIdentifier(tones.To.E164)) { OperationContext = tones.Part.ToString(CultureInfo.InvariantCulture) };
        await Media(tones.CallId).SendDtmfTonesAsync(options, cancel);
    });

    public Task<CarrierAnswer> AskAsync(CallQuestion question, CancellationToken cancel) => InCallAsync(async () =>
    {
        var options = new CallMediaRecognizeDtmfOptions(new PhoneNumberIdentifier(question.To.E164), question.Keys)
        {
            Prompt = Speak(question.Text),
            InterruptPrompt = true,
            InterruptCallMediaOperation = true,
            InitialSilenceTimeout = question.Silence,
            InterToneTimeout = s_betweenKeys,
            OperationContext = question.Prompt.ToString(CultureInfo.InvariantCulture),
        };
        // For one key there is no stop tone: the # itself is the answer.
        if (question.Keys > 1)
        {
            options.StopTones = [DtmfTone.Pound];
        }

        await Media(question.CallId).StartRecognizingAsync(options, cancel);
    });

    public Task<CarrierAnswer> SayAsync(string callId, SpokenText text, CancellationToken cancel) =>
        InCallAsync(() => Media(callId).PlayToAllAsync(new PlayToAllOptions(Speak(text)) { InterruptCallMediaOperation = true }, cancel));

    public Task<CarrierAnswer> HangUpAsync(string callId, CancellationToken cancel) =>
        InCallAsync(() => calls.GetCallConnection(callId).HangUpAsync(forEveryone: true, cancel));

    public bool Gives(string callId) => AcsCallEvents.IsCallId(callId);

    // Its values are names on the wire, as the events have them.
    private static DtmfTone Tone(char digit) => new(AcsTones.Of(digit));

    private static TextSource Speak(SpokenText text) => new(text.Words) { SourceLocale = text.Locale, VoiceName = AcsVoices.Of(text.Locale) };

    private CallMedia Media(string callId) => calls.GetCallConnection(callId).GetCallMedia();

    private Task<CarrierAnswer> InCallAsync(Func<Task> act) => DoAsync(async () =>
    {
        try
        {
            await act();
        }
        catch (RequestFailedException fault) when (AcsFaults.IsOver(fault))
        {
            // A call that is over is success.
        }

        return CarrierAnswer.Done();
    });

    // Only what is sure is told apart; whatever else is thrown leaves the outcome unknown, and is logged by who asked.
    private async Task<CarrierAnswer> DoAsync(Func<Task<CarrierAnswer>> act)
    {
        try
        {
            return await act();
        }
        catch (RequestFailedException fault)
        {
            // The message could repeat what was sent.
            log.Log(AcsAnswers.IsLockedOut(fault.Status) ? LogLevel.Error : LogLevel.Warning, "Azure Communication Services answered {Status} {Code}", fault.Status, fault.ErrorCode);
            return AcsFaults.Of(fault, time.GetUtcNow());
        }
        catch (AuthenticationFailedException fault)
        {
            log.LogError("The head's identity gets no token for Azure Communication Services ({Fault}); nothing was sent", fault.GetType().Name);
            return CarrierAnswer.NotNow();
        }
    }
}
