using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>A phone number in our rows: its E.164 string, as a value or a property's name. Never for answers, which are masked.</summary>
public sealed class PhoneNumberJson : JsonConverter<PhoneNumber>
{
    public override PhoneNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? From(reader.GetString()) : throw new JsonException("A phone number is a string.");

    public override void Write(Utf8JsonWriter writer, PhoneNumber value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.E164);

    public override PhoneNumber ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        From(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, PhoneNumber value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.E164);

    private static PhoneNumber From(string? e164)
    {
        try
        {
            return PhoneNumber.FromE164(e164 ?? "");
        }
        catch (FormatException fault)
        {
            throw new JsonException(fault.Message, fault);
        }
    }
}
