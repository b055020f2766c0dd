using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>How state is written to its rows: camelCase, enums by name, nothing for what is not there.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Enrollment))]
[JsonSerializable(typeof(Verification))]
[JsonSerializable(typeof(NumberRecord))]
public sealed partial class StateJson : JsonSerializerContext;
