namespace Mfa.VirtualPhone;

/// <summary>How many messages the air needs for one text: 160 characters, 153 each of several; 70 and 67 outside Latin letters.</summary>
internal static class Segments
{
    public static int Of(string text)
    {
        var (one, each) = text.All(char.IsAscii) ? (160, 153) : (70, 67);
        return text.Length <= one ? 1 : (text.Length + each - 1) / each;
    }
}
