using System.Globalization;
using System.Text.Json.Nodes;
using Mfa.Core;
using Mfa.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>
/// A refusal as <c>application/problem+json</c> (RFC 9457), with a stable <c>code</c>. Its title and its detail are texts of the languages'
/// section <c>problems</c>: by <c>title/{status}</c>, and by the code, or <c>code/variant</c> where one code has several sentences.
/// </summary>
public sealed record Problem : IResult
{
    private const string Section = "problems";

    private readonly string _text;
    private readonly (string Name, string Value)[] _facts;

    private Problem(int status, string text, params (string Name, string Value)[] facts) => (Status, _text, _facts) = (status, text, facts);

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>When to come back, as Retry-After (RFC 9110 section 10.2.3).</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether a second step would help: then the answer says so by the standard, too (RFC 9470 section 3).</summary>
    public bool AsksForSecondStep { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Further members.</summary>
    public IReadOnlyList<(string Name, JsonNode Value)> Members { get; init; } = [];

    /// <summary>What is wrong with each field: for developers, in English.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <param name="status">The HTTP status.</param>
    /// <param name="text">The key of its sentence for people: its code, or <c>code/variant</c>.</param>
    /// <param name="facts">What the sentence needs.</param>
    public static Problem Of(int status, string text, params (string Name, string Value)[] facts) => new(status, text, facts);

    /// <summary>400, with what is wrong with each field.</summary>
    public static Problem Fields(IReadOnlyDictionary<string, string[]> errors) => Of(StatusCodes.Status400BadRequest, "invalid-request") with { Errors = errors };

    /// <summary>400, with what is wrong with one field.</summary>
    public static Problem Field(string field, string says) => Fields(Wrong(field, says));

    /// <summary>400 because of what one field says, with a code of its own.</summary>
    public static Problem OfField(string text, string field) =>
        Of(StatusCodes.Status400BadRequest, text) with { Errors = Wrong(field, Languages.Shipped.English.Text(Section, text)) };

    /// <summary>429: later; the time is told where it is known.</summary>
    public static Problem Wait(string text, TimeSpan? retryAfter) => Of(StatusCodes.Status429TooManyRequests, text) with { RetryAfter = retryAfter };

    /// <summary>404: there is none, or it is another account's.</summary>
    public static Problem NotFound() => Of(StatusCodes.Status404NotFound, "not-found");

    /// <summary>What is wrong with one field.</summary>
    internal static IReadOnlyDictionary<string, string[]> Wrong(string field, string says) => new Dictionary<string, string[]> { [field] = [says] };

    /// <summary>Its sentence for people.</summary>
    public string Detail(Language language) => language.Text(Section, _text, _facts);

    /// <summary>Sets its status and its headers.</summary>
    public void SetHeaders(HttpResponse response)
    {
        response.StatusCode = Status;
        if (RetryAfter is { } after)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (AsksForSecondStep)
        {
            response.Headers.WWWAuthenticate = SecondStep.Challenge(response.HttpContext.RequestServices.GetRequiredService<AccountPolicy>());
        }

        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        SetHeaders(response);
        var language = Cultures.LanguageOf(httpContext);
        response.Headers.ContentLanguage = language.Tag;
        var body = new JsonObject
        {
            ["title"] = language.Text(Section, $"title/{Status}"),
            ["status"] = Status,
            ["code"] = _text.Split('/')[0],
            ["detail"] = Detail(language),
        };
        foreach (var (name, value) in Members)
        {
            body[name] = value.DeepClone();
        }

        if (Errors is not null)
        {
            body["errors"] = new JsonObject(Errors.Select(e => KeyValuePair.Create<string, JsonNode?>(e.Key, new JsonArray([.. e.Value.Select(v => JsonValue.Create(v))]))));
        }

        response.ContentType = "application/problem+json";
        return response.WriteAsync(body.ToJsonString(Wire.Options), httpContext.RequestAborted);
    }
}
