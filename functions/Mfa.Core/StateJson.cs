using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Mfa.Core;

/// <summary>How state is written to its rows: camelCase, enums by name, nothing for what is not there.</summary>
/// <remarks>
/// Read by reflection, not by generated code: a member that an older version did not write then keeps its initial value, where
/// generated code gives init-only members their type's zero. So a deployment doesn't break the verifications that are running.
/// </remarks>
public sealed class StateJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private StateJson()
    {
    }

    /// <summary>The one that there is.</summary>
    public static StateJson Default { get; } = new();

    public JsonTypeInfo<Account> Account { get; } = Of<Account>();

    public JsonTypeInfo<Enrollment> Enrollment { get; } = Of<Enrollment>();

    public JsonTypeInfo<Challenge> Challenge { get; } = Of<Challenge>();

    public JsonTypeInfo<Notice> Notice { get; } = Of<Notice>();

    public JsonTypeInfo<AuditEntry> AuditEntry { get; } = Of<AuditEntry>();

    public JsonTypeInfo<Verification> Verification { get; } = Of<Verification>();

    public JsonTypeInfo<NumberRecord> NumberRecord { get; } = Of<NumberRecord>();

    private static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)s_options.GetTypeInfo(typeof(T));
}
