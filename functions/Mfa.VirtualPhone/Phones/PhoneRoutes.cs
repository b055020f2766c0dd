using System.Text.Json;

namespace Mfa.VirtualPhone;

/// <summary>What a person, or a test, does with a phone.</summary>
internal static class PhoneRoutes
{
    private const int LongestWait = 60;

    /// <summary>Absent members are written as null here: <c>"call":null</c> says that there is none.</summary>
    private static readonly JsonSerializerOptions Json = new(WireJson.Options) { DefaultIgnoreCondition = default };

    public static void Map(WebApplication app)
    {
        var phones = app.MapGroup("/phones").AddEndpointFilter<LocalGate>();
        phones.MapGet("", (PhoneBook book, VirtualPhoneOptions options) => Results.Json(new
        {
            numbers = options.Numbers.Union(options.TwilioNumbers),
            recent = book.Recent(12).Select(phone => new { number = phone.Number.Digits, ringing = phone.Call?.State == CallState.Ringing, texts = phone.Texts.Count }),
        }, Json));
        phones.MapGet("/{number}", Get);
        phones.MapDelete("/{number}", (string number, PhoneBook book) => On(book, number, phone => phone.Reset()));
        phones.MapPost("/{number}/answer", (string number, PhoneBook book) => InCall(book, number, CallState.Ringing, call => call.Answer()));
        phones.MapPost("/{number}/decline", (string number, PhoneBook book) => InCall(book, number, CallState.Ringing, call => call.Decline()));
        phones.MapPost("/{number}/hangup", (string number, PhoneBook book) =>
            InCall(book, number, CallState.Answered, call => call.HangUp()));
        phones.MapPost("/{number}/keys", (HttpContext http, string number, PhoneBook book) =>
            WireJson.TryRead<KeysRequest>(http.Body(), out var request) && Keypad.Knows(request.Keys ?? "")
                ? InCall(book, number, CallState.Answered, call => call.Press(request.Keys!))
                : LocalGate.Refuse(400, "keys must be one or more of 0-9, *, # and A-D."));
        phones.MapPut("/{number}/habit", (HttpContext http, string number, PhoneBook book) =>
            WireJson.TryRead<HabitRequest>(http.Body(), out var request) && request.IsPossible
                ? On(book, number, phone => phone.Become(request.Over(phone.Habits)))
                : LocalGate.Refuse(400, "There is no such habit."));
        phones.MapPost("/{number}/texts", SendText);
    }

    /// <summary>A long poll: with <paramref name="seen"/> it answers when the phone is not at that version, else at the next change.</summary>
    private static async Task<IResult> Get(HttpContext http, string number, PhoneBook book, TimeProvider time, IHostApplicationLifetime life, string? wait, string? seen)
    {
        if (!PhoneNumber.TryParseLoose(number, out var parsed)) { return NoSuchNumber(); }
        var seconds = 0;
        var version = 0L;
        if ((wait is not null && !int.TryParse(wait, out seconds)) || (seen is not null && !long.TryParse(seen, out version)))
        {
            return LocalGate.Refuse(400, "wait is a number of seconds, seen a version.");
        }

        var phone = book.Of(parsed);
        if (seconds > 0)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
            var patience = TimeSpan.FromSeconds(Math.Min(seconds, LongestWait));
            await phone.Changes.Wait(seen is null ? phone.Changes.Version : version, patience, time, stop.Token);
        }

        return Results.Json(PhoneView.Of(phone), Json);
    }

    private static IResult SendText(HttpContext http, string number, PhoneBook book, TextDesk desk, TwilioTextDesk twilio) =>
        !WireJson.TryRead<TextRequest>(http.Body(), out var request) || request.Body is not { Length: > 0 and <= TextDesk.LongestBody } body
            ? LocalGate.Refuse(400, $"body must be a text of at most {TextDesk.LongestBody} characters.")
        : !PhoneNumber.TryParseLoose(request.To, out var to) || !(desk.IsOurs(to) || twilio.IsOurs(to))
            ? LocalGate.Refuse(404, "to is not a number of this network.")
        : PhoneNumber.TryParseLoose(number, out var from) && from.Extension is not null ? LocalGate.Refuse(409, "An extension has no texts.")
        : On(book, number, phone =>
        {
            if (desk.IsOurs(to)) { desk.Reply(phone, to, body); }
            else { twilio.Reply(phone, to, body); }
        });

    private static IResult InCall(PhoneBook book, string number, CallState state, Action<Leg> act)
    {
        if (!PhoneNumber.TryParseLoose(number, out var parsed)) { return NoSuchNumber(); }
        var phone = book.Of(parsed);
        lock (phone.Gate)
        {
            if (phone.Call is not { } call || call.State != state)
            {
                return LocalGate.Refuse(409, state == CallState.Ringing ? "No call is ringing." : "No call is going on.");
            }

            act(call);
        }

        return Results.Json(PhoneView.Of(phone), Json);
    }

    private static IResult On(PhoneBook book, string number, Action<Phone> act)
    {
        if (!PhoneNumber.TryParseLoose(number, out var parsed)) { return NoSuchNumber(); }
        var phone = book.Of(parsed);
        lock (phone.Gate) { act(phone); }
        return Results.Json(PhoneView.Of(phone), Json);
    }

    private static IResult NoSuchNumber() => LocalGate.Refuse(404, "That is not a phone number in E.164.");
}
