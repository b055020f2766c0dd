using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mfa.Web;

/// <summary>How answers are written: camelCase, nothing for what is not there, times in UTC.</summary>
[JsonSerializable(typeof(EnrollmentView))]
[JsonSerializable(typeof(MeView))]
[JsonSerializable(typeof(CountriesView))]
[JsonSerializable(typeof(Dictionary<string, string>))]
public sealed partial class WebJson : JsonSerializerContext
{
    /// <summary>The one that is used.</summary>
    public static WebJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new UtcTime() },
        // Answers are never part of a page, so + and letters stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    // RFC 3339 with Z.
    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
