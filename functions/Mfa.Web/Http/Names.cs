using System.Text.Json;

namespace Mfa.Web;

/// <summary>The wire's names of enum values.</summary>
public static class Names
{
    /// <summary><c>no-answer</c></summary>
    public static string Kebab<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary><c>fraudReported</c></summary>
    public static string Camel<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
