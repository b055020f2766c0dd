namespace Mfa.VirtualPhone;

/// <summary>Call Automation's REST surface: the calls themselves.</summary>
internal static class CallRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/calling/callConnections", Create);
        app.MapGet("/calling/callConnections/{id}", (string id, Exchange exchange) =>
            exchange.Find(id) is { } call ? WireJson.Answer(WireCall.Of(call)) : AcsError.NoSuchCall());
        app.MapDelete("/calling/callConnections/{id}", HangUp);
        app.MapPost("/calling/callConnections/{id}:terminate", HangUp);
    }

    private static async Task<IResult> Create(HttpContext http, Exchange exchange, Answering answering)
    {
        if (!WireJson.TryRead<CreateCallRequest>(http.Body(), out var request)) { return AcsError.BadArgument("The body is not JSON of createCall."); }
        if (request.Targets is not [{ Number: { } to }] || !PhoneNumber.IsDialable(to)) { return AcsError.BadArgument("targets must be one phone number."); }
        if (request.SourceCallerIdNumber?.Value is not { } from || !PhoneNumber.IsDialable(from)) { return AcsError.BadArgument("sourceCallerIdNumber must be a phone number."); }
        if (OptionsCheck.WebAddress(request.CallbackUri) is not { } callback) { return AcsError.BadArgument("callbackUri must be a URL."); }

        var call = exchange.Place(new(from, to, callback, request.OperationContext));
        var answer = WireJson.Answer(WireCall.Connecting(call), StatusCodes.Status201Created);
        await answering.Follow(http, call.Phone.Habits.Events, () =>
        {
            call.Lane.Open();
            return call.Lane.First;
        });
        return answer;
    }

    private static IResult HangUp(string id, Exchange exchange)
    {
        if (exchange.Find(id) is not { } call) { return AcsError.NoSuchCall(); }
        lock (call.Phone.Gate) { call.HangUp(ResultInformation.WeHungUp); }
        return Results.NoContent();
    }
}
