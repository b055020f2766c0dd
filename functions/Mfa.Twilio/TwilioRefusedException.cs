using System.Net.Http.Headers;
using System.Text.Json;

namespace Mfa.Twilio;

/// <summary>An answer that is an error. Its words could hold the number, and are not kept.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">Twilio's code (twilio.com/docs/api/errors); 0 where the answer has none.</param>
/// <param name="retryAfter">How long Twilio asks to wait.</param>
public sealed class TwilioRefusedException(int status, int code, RetryConditionHeaderValue? retryAfter) : Exception($"Twilio answered {status} {code}.")
{
    public int Status { get; } = status;

    public int Code { get; } = code;

    /// <summary>How long Twilio asks to wait from now on; null where it does not.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now) => (retryAfter?.Delta ?? retryAfter?.Date - now) is { } after && after > TimeSpan.Zero ? after : null;

    /// <summary>The code in an answer; 0 where there is none.</summary>
    public static int CodeIn(string? body)
    {
        try
        {
            using var json = JsonDocument.Parse(body ?? "");
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var value) ? value : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }
}
