namespace Mfa.VirtualPhone;

/// <summary>Twilio's ids: two letters that say of what, and 32 hexadecimal digits.</summary>
internal static class Sid
{
    public static string New(string kind) => $"{kind}{Guid.NewGuid():n}";

    public static bool Is(string kind, string? text) =>
        text is { Length: 34 } && text.StartsWith(kind, StringComparison.Ordinal) && text.Skip(2).All(char.IsAsciiHexDigitLower);
}
