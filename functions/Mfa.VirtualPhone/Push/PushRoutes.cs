namespace Mfa.VirtualPhone;

/// <summary>The push service: what an application server sends, and what a user agent, or a test in its place, does.</summary>
internal static class PushRoutes
{
    private const int LongestWait = 60;

    public static void Map(WebApplication app)
    {
        app.MapPost("/push/{id}", (HttpContext http, string id, PushDelivery delivery) => delivery.Take(http, id));
        var agent = app.MapGroup("/push").AddEndpointFilter<LocalGate>();
        agent.MapPost("", Subscribe);
        agent.MapGet("/{id}/messages", Messages);
        agent.MapPut("/{id}/habit", (HttpContext http, string id, PushBook book) =>
            !WireJson.TryRead<PushHabitRequest>(http.Body(), out var request) || request.Deliver is not { } habit ? LocalGate.Refuse(400, "There is no such habit.")
            : On(book, id, subscriber => subscriber.Habit = habit));
        agent.MapDelete("/{id}", (string id, PushBook book) => On(book, id, subscriber => subscriber.End()));
    }

    private static IResult Subscribe(HttpContext http, PushBook book)
    {
        SubscribeRequest? request = null;
        if (http.Body().Length > 0 && !WireJson.TryRead(http.Body(), out request)) { return LocalGate.Refuse(400, "The body is not an object."); }
        if (request?.ApplicationServerKey is { } key && !VapidCheck.IsKey(key)) { return LocalGate.Refuse(400, "applicationServerKey is not an uncompressed point of P-256 as base64url."); }
        var id = book.New(request?.ApplicationServerKey);
        var endpoint = $"{http.Request.Scheme}://{http.Request.Host}/push/{id}";
        http.Response.Headers.Location = endpoint;
        return WireJson.Answer(new { id, endpoint }, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Messages(HttpContext http, string id, PushBook book, IHostApplicationLifetime life, string? wait)
    {
        var seconds = 0;
        if (wait is not null && !int.TryParse(wait, out seconds)) { return LocalGate.Refuse(400, "wait is a number of seconds."); }
        if (Missing(book, id, out var subscriber) is { } missing) { return missing; }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        var messages = await subscriber!.Deliver(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestWait)), stop.Token);
        return WireJson.Answer(new { messages = messages.Select(one => new { one.Id, one.At, one.Headers, one.Body }) });
    }

    private static IResult On(PushBook book, string id, Action<PushSubscriber> act)
    {
        if (Missing(book, id, out var subscriber) is { } missing) { return missing; }
        act(subscriber!);
        return Results.NoContent();
    }

    private static IResult? Missing(PushBook book, string id, out PushSubscriber? subscriber)
    {
        subscriber = book.Find(id);
        return subscriber is null ? LocalGate.Refuse(404, "There is no such subscription.") : subscriber.IsGone ? LocalGate.Refuse(410, "The subscription is no more.") : null;
    }
}
