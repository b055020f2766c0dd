using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>Keeps a secret's type out of JSON: reading and writing it throw <see cref="NotSupportedException"/>.
/// Public because source-generated JSON in other assemblies has to see it.</summary>
public sealed class NeverJson<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw Refused();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw Refused();

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw Refused();

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw Refused();

    private static NotSupportedException Refused() => new($"{typeof(T).Name} is a secret and is never JSON; seal it.");
}
