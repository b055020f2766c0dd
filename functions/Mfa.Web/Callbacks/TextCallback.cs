using System.Globalization;
using Mfa.Core;
using Mfa.Web.Acs;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST and OPTIONS /callbacks/texts: replies and delivery reports, and both handshakes of a subscription.</summary>
public sealed class TextCallback(VerificationAdvance advance, NumberRows numbers, RowNames names, SecretColumns secrets, CarrierSettings carrier, VerificationPolicy policy, TimeProvider time)
{
    private static readonly HashSet<string> s_stop = new(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> s_start = new(["START", "UNSTOP"], StringComparer.OrdinalIgnoreCase);

    public async Task<IResult> RunAsync(Call call)
    {
        // CloudEvents' web hook handshake (CloudEvents HTTP 1.1 Web Hooks, section 4).
        if (HttpMethods.IsOptions(call.Request.Method))
        {
            call.Request.HttpContext.Response.Headers["WebHook-Allowed-Origin"] = call.Request.Headers["WebHook-Request-Origin"];
            return Results.Ok();
        }

        var body = await Body.ReadAsync(call.Request);
        if (call.Request.Headers["aeg-event-type"] == "SubscriptionValidation")
        {
            return AcsTextEvents.ValidationCode(body) is { } code
                ? Results.Json(new Dictionary<string, string> { ["validationResponse"] = code }, Wire.Options)
                : Problem.Of(StatusCodes.Status400BadRequest, "invalid-events/validation");
        }

        foreach (var e in AcsTextEvents.Parse(body))
        {
            await (e is TextReceived received ? ReceivedAsync(received, call.Aborted) : DeliveredAsync((TextDelivery)e, call.Aborted));
        }

        return Results.Ok();
    }

    // What matches nothing counts as no user's failure: anybody can send a text. The number itself takes only so many of them.
    private async Task ReceivedAsync(TextReceived text, CancellationToken cancel)
    {
        if (Digits(text.To) != Digits(carrier.From) || PhoneNumber.Parse(null, "+" + Digits(text.From)) is not { Number: { } from })
        {
            return;
        }

        var word = text.Body.Trim();
        if (s_stop.Contains(word) || s_start.Contains(word))
        {
            var stop = s_stop.Contains(word);
            await numbers.ChangeAsync(names.NumberKey(from), r => (r.OptedOut == stop ? r : r with { OptedOut = stop }, true), cancel);
            return;
        }

        if (VerificationCode.ReplyIn(text.Body) is var (code, digits)
            && await numbers.ChangeAsync(names.NumberKey(from), r => r.Replied(names.CodeHash(from, code), text.EventId, policy.WrongCodes, time.GetUtcNow()), cancel) is { } id
            && RowNames.Verification(id) is var (holderId, contact))
        {
            await advance.ApplyAsync(holderId, contact, h => new Replied(text.EventId, code, secrets.Open(h), digits), cancel);
        }
    }

    private async Task DeliveredAsync(TextDelivery delivery, CancellationToken cancel)
    {
        var slash = delivery.Tag.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0
            && RowNames.Verification(delivery.Tag[..slash]) is var (holderId, contact)
            && int.TryParse(delivery.Tag.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var send))
        {
            await advance.ApplyAsync(holderId, contact, _ => new TextReported(delivery.EventId, send, delivery.Delivered), cancel);
        }
    }

    // The carrier's events carry numbers without a +.
    private static string Digits(string number) => number.Trim().TrimStart('+');
}
