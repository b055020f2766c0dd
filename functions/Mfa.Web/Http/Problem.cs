using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>A refusal as <c>application/problem+json</c> (RFC 9457), with a stable <c>code</c>.</summary>
public sealed class Problem : IResult
{
    private readonly int _status;
    private readonly string _code;
    private readonly string _detail;
    private readonly IReadOnlyDictionary<string, string[]>? _errors;

    internal Problem(int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null) =>
        (_status, _code, _detail, _errors) = (status, code, detail, errors);

    /// <summary>The HTTP status.</summary>
    public int Status => _status;

    /// <summary>When to come back, as Retry-After (RFC 9110 section 10.2.3).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Further members.</summary>
    public IReadOnlyList<(string Name, JsonNode Value)> Members { get; init; } = [];

    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The stable code, in kebab case.</param>
    /// <param name="detail">A sentence for people.</param>
    public static Problem Of(int status, string code, string detail) => new(status, code, detail);

    /// <summary>400, with what is wrong with each field.</summary>
    public static Problem Fields(IReadOnlyDictionary<string, string[]> errors) =>
        new(StatusCodes.Status400BadRequest, "invalid-request", "Some fields are wrong; see errors.", errors);

    /// <summary>400, with what is wrong with one field, and a code of its own.</summary>
    public static Problem Field(string code, string field, string says) =>
        new(StatusCodes.Status400BadRequest, code, says, new Dictionary<string, string[]> { [field] = [says] });

    /// <summary>429: later; the time is told where it is known.</summary>
    public static Problem Wait(string code, string detail, TimeSpan? retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, code, detail) { RetryAfter = retryAfter };

    /// <summary>404: there is none, or it is another account's.</summary>
    public static Problem NotFound() => Of(StatusCodes.Status404NotFound, "not-found", "There is no such thing here.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        if (RetryAfter is { } after)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        var body = new JsonObject { ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(_status), ["status"] = _status, ["code"] = _code, ["detail"] = _detail };
        foreach (var (name, value) in Members)
        {
            body[name] = value.DeepClone();
        }

        if (_errors is not null)
        {
            body["errors"] = new JsonObject(_errors.Select(e => KeyValuePair.Create<string, JsonNode?>(e.Key, new JsonArray([.. e.Value.Select(v => JsonValue.Create(v))]))));
        }

        response.ContentType = "application/problem+json";
        return response.WriteAsync(body.ToJsonString(Wire.Options), httpContext.RequestAborted);
    }
}
