namespace Mfa.Web.Acs;

/// <summary>The names that Azure Communication Services gives to the keys of a phone.</summary>
public static class AcsTones
{
    private const string Keys = "0123456789#*ABCD";

    private static readonly string[] s_names =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "pound", "asterisk", "a", "b", "c", "d"];

    /// <summary>The name of a key: one of 0-9, #, * and A-D.</summary>
    public static string Of(char key) => s_names[Keys.IndexOf(key, StringComparison.Ordinal)];

    /// <summary>The key of a name; <c>?</c> where there is none.</summary>
    public static char KeyOf(string? name) => Array.IndexOf(s_names, name) is >= 0 and var at ? Keys[at] : '?';
}
