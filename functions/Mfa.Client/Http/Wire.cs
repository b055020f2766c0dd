using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mfa.Client;

/// <summary>JSON as the contract has it.</summary>
internal static class Wire
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads an answer's body.</summary>
    /// <exception cref="MfaAwayException">It is not what the contract says: something else answers there.</exception>
    public static T Read<T>(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new MfaAwayException("The answer can't be read.", e);
        }
    }
}
