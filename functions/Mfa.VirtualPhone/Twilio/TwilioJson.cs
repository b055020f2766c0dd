using System.Text.Json;

namespace Mfa.VirtualPhone;

/// <summary>JSON as Twilio writes it: names with underscores, absent members as null.</summary>
internal static class TwilioJson
{
    public static JsonSerializerOptions Options { get; } = new(WireJson.Options) { DefaultIgnoreCondition = default, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IResult Answer<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, Options, statusCode: status);
}
