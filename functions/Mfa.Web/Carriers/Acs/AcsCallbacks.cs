using Microsoft.AspNetCore.Http;

namespace Mfa.Web.Acs;

/// <summary>What Azure Communication Services posts: call events with a signed token, text events by Event Grid with a secret header, and both handshakes of its subscription.</summary>
public sealed class AcsCallbacks(AcsSettings settings, HttpClient http) : ICarrierCallbacks
{
    private readonly CallProofToken _calls = new(settings, http);
    private readonly TextProof _texts = new(settings);

    public bool Knows(HttpRequest request) => !request.HasFormContentType;

    public async Task<Problem?> RefusalOfCallAsync(HttpRequest request) =>
        await _calls.IsProvedAsync(request) ? null : Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized/calls");

    public Task<Problem?> RefusalOfTextAsync(HttpRequest request) =>
        Task.FromResult(_texts.IsProved(request) ? null : Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized/texts"));

    public async Task<CallPost> ReadCallAsync(HttpRequest request, int attempt) => new(AcsCallEvents.Parse(await Body.ReadAsync(request), attempt));

    public async Task<TextPost> ReadTextsAsync(HttpRequest request)
    {
        // CloudEvents' web hook handshake (CloudEvents HTTP 1.1 Web Hooks, section 4).
        if (HttpMethods.IsOptions(request.Method))
        {
            request.HttpContext.Response.Headers["WebHook-Allowed-Origin"] = request.Headers["WebHook-Request-Origin"];
            return new([], Results.Ok());
        }

        var body = await Body.ReadAsync(request);
        if (request.Headers["aeg-event-type"] == "SubscriptionValidation")
        {
            return new([], AcsTextEvents.ValidationCode(body) is { } code
                ? Results.Json(new Dictionary<string, string> { ["validationResponse"] = code }, Wire.Options)
                : Problem.Of(StatusCodes.Status400BadRequest, "invalid-events/validation"));
        }

        return new([.. AcsTextEvents.Parse(body).Where(e => e is not TextReceived received || Digits(received.To) == Digits(settings.From))], Results.Ok());
    }

    // Its events carry numbers without a +.
    private static string Digits(string number) => number.Trim().TrimStart('+');
}
