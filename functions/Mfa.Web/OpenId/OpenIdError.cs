using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>A refusal as OAuth has it (RFC 6749 section 5.2).</summary>
/// <param name="Error">Its code.</param>
/// <param name="Says">What is wrong, for a developer.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record OpenIdError(string Error, string Says, int Status = StatusCodes.Status400BadRequest) : IResult
{
    public static OpenIdError Request(string says) => new("invalid_request", says);

    /// <summary>401: nobody knows that it is this client.</summary>
    public static OpenIdError Client() => new("invalid_client", "The client is not known, or did not prove itself.", StatusCodes.Status401Unauthorized);

    /// <summary>What keeps a challenge from being opened, by the codes that there are for it.</summary>
    public static OpenIdError Of(Problem refusal) => refusal.Status switch
    {
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => new("temporarily_unavailable", "The limits of this account are reached for now.", StatusCodes.Status429TooManyRequests),
        _ => new("access_denied", "This account takes no second step now."),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"client\"";
        }

        return Wire.Json(new Body(Error, Says), Status).ExecuteAsync(httpContext);
    }

    private sealed record Body([property: System.Text.Json.Serialization.JsonPropertyName("error")] string Error, [property: System.Text.Json.Serialization.JsonPropertyName("error_description")] string Says);
}
