namespace Mfa.VirtualPhone;

/// <summary>The names that ACS gives to the keys of a phone.</summary>
internal static class Tones
{
    private const string Keys = "0123456789ABCD#*";

    private static readonly string[] Names =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "a", "b", "c", "d", "pound", "asterisk"];

    public static string? Of(char key) => Keys.IndexOf(char.ToUpperInvariant(key)) is >= 0 and var at ? Names[at] : null;

    public static char? KeyOf(string? tone) => Array.IndexOf(Names, tone) is >= 0 and var at ? Keys[at] : null;

    /// <summary>Whether this is keys and pauses, as Twilio writes what is sent into a call.</summary>
    public static bool AreSendable(string digits) => digits.Length <= 64 && digits.All(key => IsPause(key) || Of(key) is not null);

    public static bool IsPause(char key) => key is 'w' or 'W';
}
