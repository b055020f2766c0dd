using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;

namespace Mfa.VirtualPhone;

/// <summary>A push service (RFC 8030), as apps in a browser have one: it takes messages of application servers, and gives them to the app.</summary>
internal static class PushRoutes
{
    private const int BodyLimit = 4096;
    private const int TopicAtMost = 32;
    private const int LongestWait = 60;
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(2);

    private sealed record SubscribeRequest(string? ApplicationServerKey);

    private sealed record HabitRequest(PushHabit? Deliver);

    public static void Map(WebApplication app)
    {
        var boxes = new ConcurrentDictionary<string, PushBox>();
        // The app's side.
        var own = app.MapGroup("/push").AddEndpointFilter<LocalGate>();
        own.MapPost("", (HttpContext http, TimeProvider time) =>
        {
            if (!WireJson.TryRead<SubscribeRequest>(http.Body(), out var request)) { return LocalGate.Refuse(400, "applicationServerKey is a key, or absent."); }
            var id = Guid.NewGuid().ToString("N");
            boxes[id] = new(request.ApplicationServerKey, time.GetUtcNow().ToUnixTimeMilliseconds());
            return WireJson.Answer(new { id, endpoint = $"{Origin(http.Request)}/push/{id}" }, StatusCodes.Status201Created);
        });
        own.MapGet("/{id}/messages", async (HttpContext http, string id, TimeProvider time, IHostApplicationLifetime life, int? wait, long? seen) =>
        {
            if (!boxes.TryGetValue(id, out var box)) { return Results.NotFound(); }
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
            await box.Changes.Wait(seen ?? box.Changes.Version, TimeSpan.FromSeconds(Math.Clamp(wait ?? 0, 0, LongestWait)), time, stop.Token);
            return WireJson.Answer(new { version = box.Changes.Version, messages = box.Messages });
        });
        own.MapDelete("/{id}", (string id) =>
        {
            if (!boxes.TryGetValue(id, out var box)) { return Results.NotFound(); }
            box.IsGone = true;
            return Results.NoContent();
        });
        own.MapPut("/{id}/habit", (HttpContext http, string id) =>
        {
            if (!boxes.TryGetValue(id, out var box)) { return Results.NotFound(); }
            if (!WireJson.TryRead<HabitRequest>(http.Body(), out var request) || request.Deliver is not { } deliver) { return LocalGate.Refuse(400, "There is no such habit."); }
            box.Habit = deliver;
            return Results.NoContent();
        });

        // The application servers'.
        app.MapPost("/push/{id}", async (HttpContext http, string id, TimeProvider time) =>
        {
            if (!boxes.TryGetValue(id, out var box)) { return Results.NotFound(); }
            if (box.IsGone) { return Results.StatusCode(StatusCodes.Status410Gone); }
            var headers = http.Request.Headers;
            if (!int.TryParse(headers["TTL"], NumberStyles.None, CultureInfo.InvariantCulture, out var ttl)) { return Results.BadRequest("TTL is missing."); }
            string? topic = headers["Topic"];
            if (topic is { Length: 0 or > TopicAtMost } || topic?.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') == false) { return Results.BadRequest("Topic is not up to 32 characters of base64url."); }
            if (await RequestBody.Read(http.Request, BodyLimit) is not { } body) { return Results.StatusCode(StatusCodes.Status413PayloadTooLarge); }
            string? authorization = headers.Authorization;
            if (VapidProof.Fault(authorization, Origin(http.Request), box.Key, time.GetUtcNow()) is { } fault)
            {
                return Results.Text(fault, statusCode: authorization is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden);
            }

            var message = new PushMessage(Guid.NewGuid().ToString("N"), topic, headers["Urgency"], ttl, headers.ContentEncoding, authorization!, Base64Url.EncodeToString(body.Bytes), time.GetUtcNow());
            switch (box.Habit)
            {
                case PushHabit.Refuse:
                    return Results.StatusCode(StatusCodes.Status403Forbidden);
                case PushHabit.Down:
                    http.Response.Headers.RetryAfter = "1";
                    return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
                case PushHabit.Lose:
                    break;
                case PushHabit.Late:
                    _ = LaterAsync(box, message, time);
                    break;
                default:
                    box.Add(message, box.Habit == PushHabit.Twice ? 2 : 1);
                    break;
            }

            http.Response.Headers["TTL"] = ttl.ToString(CultureInfo.InvariantCulture);
            return Results.Created($"{Origin(http.Request)}/push/messages/{message.Id}", null);
        });
    }

    private static async Task LaterAsync(PushBox box, PushMessage message, TimeProvider time)
    {
        await Task.Delay(s_late, time);
        box.Add(message, 1);
    }

    private static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
