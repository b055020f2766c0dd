using Microsoft.AspNetCore.Http.Features;

namespace Mfa.VirtualPhone;

/// <summary>Twilio's REST surface of calls.</summary>
internal static class TwilioCallRoutes
{
    public static void Map(RouteGroupBuilder account)
    {
        account.MapPost("/Calls.json", Place);
        account.MapGet("/Calls.json", (HttpRequest request, TwilioExchange exchange, VirtualPhoneOptions options) => TwilioPage.Of(
            request, "calls", exchange.Calls.All().Where(call => IsWanted(request, call)), call => TwilioCallJson.Of(call, options)));
        account.MapGet("/Calls/{sid}.json", (HttpRequest request, string sid, TwilioExchange exchange, VirtualPhoneOptions options) =>
            exchange.Calls.Find(sid) is { } call ? TwilioJson.Answer(TwilioCallJson.Of(call, options)) : TwilioError.NotFound(request));
        account.MapPost("/Calls/{sid}.json", Change);
    }

    private static async Task<IResult> Place(HttpContext http, TwilioExchange exchange, PhoneBook phones, Answering answering, VirtualPhoneOptions options) =>
        CallRefusals.Read(http.Features.GetRequiredFeature<TwilioForm>(), options, out var refusal) is { } order
            ? await answering.Give(http, phones.Of(order.To), () => exchange.Place(order))
            : refusal;

    private static async Task<IResult> Change(HttpContext http, string sid, TwilioExchange exchange, Answering answering)
    {
        if (exchange.Calls.Find(sid) is not { } call) { return TwilioError.NotFound(http.Request); }
        var form = http.Features.GetRequiredFeature<TwilioForm>();
        var status = form["Status"];
        if (status is not (null or "completed" or "canceled")) { return TwilioError.Bad(20001, "Status must be completed or canceled."); }
        (int Code, string Message)? wrong = null;
        var now = form["Url"] is null && form["Twiml"] is null ? null : CallRefusals.ReadInstructions(form, out wrong);
        return wrong is var (code, message) ? TwilioError.Bad(code, message) : await answering.Give(http, call.Phone, () => exchange.Change(call, status, now));
    }

    private static bool IsWanted(HttpRequest request, TwilioCall call) =>
        TwilioPage.IsWanted(request, "To", call.Order.To.Value)
        && TwilioPage.IsWanted(request, "From", call.Order.From)
        && TwilioPage.IsWanted(request, "Status", call.Status)
        && TwilioPage.IsWanted(request, "ParentCallSid", (string?)null)
        && TwilioPage.IsWanted(request, "StartTime", call.Started)
        && TwilioPage.IsWanted(request, "EndTime", call.Ended);
}
