using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>A phone number in our rows: its E.164 string, with an extension as RFC 3966 writes it, as a value or a property's name. Never for answers, which are masked.</summary>
public sealed class PhoneNumberJson : JsonConverter<PhoneNumber>
{
    public override PhoneNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? From(reader.GetString()) : throw new JsonException("A phone number is a string.");

    public override void Write(Utf8JsonWriter writer, PhoneNumber value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Tel);

    public override PhoneNumber ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        From(reader.GetString());

    public override void WriteAsPropertyName(Utf8JsonWriter writer, PhoneNumber value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Tel);

    private static PhoneNumber From(string? tel)
    {
        try
        {
            return PhoneNumber.FromTel(tel ?? "");
        }
        catch (FormatException fault)
        {
            throw new JsonException(fault.Message, fault);
        }
    }
}
