using System.Text.Json.Serialization;

namespace Mfa.Web;

/// <summary>How answers are written: camelCase, nothing for what is not there.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EnrollmentView))]
[JsonSerializable(typeof(MeView))]
[JsonSerializable(typeof(CountriesView))]
[JsonSerializable(typeof(Dictionary<string, string>))]
public sealed partial class WebJson : JsonSerializerContext;
