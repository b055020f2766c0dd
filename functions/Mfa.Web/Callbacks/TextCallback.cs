using System.Globalization;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST and OPTIONS /callbacks/texts: replies and delivery reports, and a carrier's handshakes.</summary>
public sealed class TextCallback(Carriers carriers, VerificationAdvance advance, NumberRows numbers, RowNames names, SecretColumns secrets, VerificationPolicy policy, TimeProvider time)
{
    private static readonly HashSet<string> s_stop = new(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> s_start = new(["START", "UNSTOP", "YES"], StringComparer.OrdinalIgnoreCase);

    public async Task<IResult> RunAsync(Call call)
    {
        var post = await carriers.CallbacksOf(call.Request)!.ReadTextsAsync(call.Request);
        foreach (var e in post.Events)
        {
            await (e is TextReceived received ? ReceivedAsync(received, call.Aborted) : DeliveredAsync((TextDelivery)e, call.Aborted));
        }

        return post.Answer;
    }

    // What matches nothing counts as no user's failure: anybody can send a text. The number itself takes only so many of them.
    private async Task ReceivedAsync(TextReceived text, CancellationToken cancel)
    {
        if (PhoneNumber.Parse(null, "+" + text.From.Trim().TrimStart('+')) is not { Number: { } from })
        {
            return;
        }

        var word = text.Body.Trim();
        if (s_stop.Contains(word) || s_start.Contains(word))
        {
            await numbers.ChangeAsync(names.NumberKey(from), r => (r.Wants(s_stop.Contains(word), text.EventId), true), cancel);
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
            // Of a text to another number it tells nothing.
            await advance.ApplyAsync(
                holderId,
                contact,
                h => (delivery.To ?? h.Phone?.E164) != h.Phone?.E164 ? null : delivery.Delivered is { } delivered
                    ? new TextReported(delivery.EventId, send, delivered, delivery.Own)
                    : new TextTaken(delivery.EventId, send, delivery.Receipt, delivery.LookAfter),
                cancel);
        }
    }
}
