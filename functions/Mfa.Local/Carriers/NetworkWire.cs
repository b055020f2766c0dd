using System.Text.Json;
using System.Text.Json.Serialization;
using Mfa.Web.Acs;

namespace Mfa.Local;

/// <summary>The bodies of the network's requests and answers, as far as they are written and read here.</summary>
internal static class NetworkWire
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static object Identifier(string e164) => new { kind = "phoneNumber", rawId = $"4:{e164}", phoneNumber = new { value = e164 } };

    public static object Source(Web.SpokenText text) =>
        new { kind = "text", text = new { text = text.Words, sourceLocale = text.Locale, voiceName = AcsVoices.Of(text.Locale) } };

    /// <summary>Reads an answer; null where it is not of this shape.</summary>
    public static async Task<T?> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, cancel);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

internal sealed record PlacedCall(string? CallConnectionId);

internal sealed record SentTexts(IReadOnlyList<SentText?>? Value);

internal sealed record SentText(bool Successful, int HttpStatusCode, string? ErrorMessage);

internal sealed record RefusedRequest(RefusedRequest.Fault? Error)
{
    internal sealed record Fault(string? Code);
}
