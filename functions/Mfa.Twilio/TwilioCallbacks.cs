using Mfa.Core;
using Mfa.Web;
using Mfa.Web.Twilio;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mfa.Twilio;

/// <summary>What Twilio posts: forms, signed with the account's auth token. A call that is answered, or has keys, waits for TwiML.</summary>
public sealed class TwilioCallbacks(TwilioSettings settings, ServiceSettings service, ILogger<TwilioCallbacks> log) : ICarrierCallbacks
{
    private const int BodyAtMost = 2048;
    private const string Xml = "text/xml";

    // No reply: the sender gets nothing.
    private const string Nothing = "<Response/>";

    private readonly TwilioSignature _signature = new(settings, service);

    public bool Knows(HttpRequest request) => request.HasFormContentType;

    public async Task<Problem?> RefusalOfCallAsync(HttpRequest request) =>
        await _signature.IsProvedAsync(request) ? null : Problem.Of(StatusCodes.Status403Forbidden, "wrong-caller/carrier");

    public Task<Problem?> RefusalOfTextAsync(HttpRequest request) => RefusalOfCallAsync(request);

    public async Task<CallPost> ReadCallAsync(HttpRequest request, int attempt)
    {
        var (form, (on, number)) = (await TwilioForm.OfAsync(request), TwilioAddress.Read(request.Query));
        var call = form["CallSid"];
        if (!TwilioSid.IsOfCall(call) || on is not ("answered" or "status" or "keys" or "dialled"))
        {
            throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-events/form"));
        }

        if (on == "status")
        {
            return new(TwilioStates.OfCall(form["CallStatus"], form["SipResponseCode"], attempt, call) is { } told ? [told] : []) { Called = form["To"] };
        }

        var id = EventIds.Of($"{call}/{on}/{number}");
        CallEvent e = (on, form["Digits"]) switch
        {
            ("answered", _) => new CallConnected(id, attempt, call),
            ("dialled", _) => new ExtensionDialled(id, attempt, call, number),
            (_, "") => new NothingHeard(id, attempt, call, number),
            (_, var keys) => new KeysHeard(id, attempt, call, number, keys),
        };
        return new([e]) { Called = form["To"], Asking = call, Answer = step => Results.Content(CallScript.Of(step), Xml) };
    }

    public async Task<TextPost> ReadTextsAsync(HttpRequest request)
    {
        var (form, answer) = (await TwilioForm.OfAsync(request), Results.Content(Nothing, Xml));
        var sid = form["MessageSid"];
        if (!TwilioSid.IsOfText(sid))
        {
            throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-events/form"));
        }

        if (request.Query["verification"].FirstOrDefault() is { } verification)
        {
            var state = form["MessageStatus"];
            var code = int.TryParse(form["ErrorCode"], out var given) ? given : 0;
            if (TwilioStates.IsDelivered(state) == false)
            {
                // A number: whether the operator has to register something, or the phone is off.
                log.LogWarning("Twilio could not deliver a text: {Code}", code);
            }

            var told = new TextDelivery(EventIds.Of($"{sid}/{state}"), $"{verification}/{request.Query["send"]}", TwilioStates.IsDelivered(state))
            {
                Own = TwilioStates.IsOwn(code),
                Receipt = sid,
                LookAfter = TwilioCarrier.LookForText,
                To = form["To"],
            };
            return new([told], answer);
        }

        // To the number of another program of the account there is nothing to say.
        var ours = form["To"] == settings.From || (settings.MessagingService is { } service && form["MessagingServiceSid"] == service);
        return new(ours && form["Body"] is { Length: <= BodyAtMost } body ? [new TextReceived(EventIds.Of(sid), form["From"], form["To"], body)] : [], answer);
    }
}
