using System.Globalization;
using System.Text;

namespace Mfa.Client;

/// <summary>A string as RFC 8785 section 3.2.2.2 writes it.</summary>
internal static class CanonicalJson
{
    public static string Of(string text)
    {
        var json = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) && !(char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1])))
            {
                throw new ArgumentException("A text has half a surrogate pair, and no canonical form.", nameof(text));
            }

            json.Append(text[i] switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => "\\u" + ((int)text[i]).ToString("x4", CultureInfo.InvariantCulture),
                _ => text[i].ToString(),
            });
        }

        return json.Append('"').ToString();
    }
}
