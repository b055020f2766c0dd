namespace Mfa.VirtualPhone;

/// <summary>Call Automation's REST surface: what is played and listened for.</summary>
internal static class MediaRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/calling/callConnections/{id}:play", (HttpContext http, string id, Exchange exchange) =>
            WireJson.TryRead<PlayRequest>(http.Body(), out var request)
                ? MediaReading.Play(request, out var fault) is { } operation
                    ? Start(exchange, id, operation, request.InterruptCallMediaOperation ?? request.PlayOptions?.InterruptCallMediaOperation)
                    : AcsError.BadArgument(fault)
                : AcsError.BadArgument("The body is not JSON of play."));

        app.MapPost("/calling/callConnections/{id}:recognize", (HttpContext http, string id, Exchange exchange) =>
            WireJson.TryRead<RecognizeRequest>(http.Body(), out var request)
                ? MediaReading.Recognize(request, exchange.Find(id)?.Order.To, out var fault) is { } operation
                    ? Start(exchange, id, operation, request.InterruptCallMediaOperation)
                    : AcsError.BadArgument(fault)
                : AcsError.BadArgument("The body is not JSON of recognize."));

        app.MapPost("/calling/callConnections/{id}:cancelAllMediaOperations", (string id, Exchange exchange) => On(exchange, id, call =>
        {
            call.Media.CancelAll();
            return Results.StatusCode(StatusCodes.Status202Accepted);
        }));

        app.MapPost("/calling/callConnections/{id}:sendDtmfTones", SendTones);
    }

    private static IResult SendTones(HttpContext http, string id, Exchange exchange)
    {
        if (!WireJson.TryRead<SendTonesRequest>(http.Body(), out var request)) { return AcsError.BadArgument("The body is not JSON of sendDtmfTones."); }
        if (request.Tones is not { Count: > 0 and <= Keypad.Most } tones || tones.Any(tone => Tones.KeyOf(tone) is null)) { return AcsError.BadArgument("tones must be names of keys."); }
        if (request.TargetParticipant?.Number is { } target && exchange.Find(id) is { } found && target != found.Order.To) { return AcsError.BadArgument("targetParticipant is not on the call."); }
        return On(exchange, id, call =>
        {
            var fails = call.Phone.Habits.Tones == ToneHabit.Fail;
            call.Raise(
                fails ? new("SendDtmfTonesFailed", ResultInformation.TonesFailed, request.OperationContext) : new("SendDtmfTonesCompleted", ResultInformation.Good, request.OperationContext),
                OptionsCheck.WebAddress(request.OperationCallbackUri));
            if (!fails) { call.Hear(string.Concat(tones.Select(Tones.KeyOf))); }
            return WireJson.Answer(new { operationContext = request.OperationContext }, StatusCodes.Status202Accepted);
        });
    }

    private static IResult Start(Exchange exchange, string id, MediaOperation operation, bool? interrupt) => On(exchange, id, call =>
        call.Media.TryAdd(operation, interrupt == true) ? Results.StatusCode(StatusCodes.Status202Accepted) : AcsError.TooMany());

    private static IResult On(Exchange exchange, string id, Func<AcsCall, IResult> act)
    {
        if (exchange.Find(id) is not { } call) { return AcsError.NoSuchCall(); }
        lock (call.Phone.Gate) { return call.State == CallState.Answered ? act(call) : AcsError.NotEstablished(); }
    }
}
