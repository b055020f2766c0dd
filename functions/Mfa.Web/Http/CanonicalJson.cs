using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>The canonical form of JSON (RFC 8785), of which hashes are made that others make too.</summary>
public static class CanonicalJson
{
    /// <summary>A text (section 3.2.2.2), in quotes.</summary>
    public static string Text(string text)
    {
        var written = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => written.Append("\\\""),
                '\\' => written.Append("\\\\"),
                '\b' => written.Append("\\b"),
                '\t' => written.Append("\\t"),
                '\n' => written.Append("\\n"),
                '\f' => written.Append("\\f"),
                '\r' => written.Append("\\r"),
                < ' ' => written.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => written.Append(c),
            };
        }

        return written.Append('"').ToString();
    }

    /// <summary>An object, its members in the order of their names (section 3.2.3); those that are null are left out.</summary>
    /// <param name="members">Names, and values in canonical form.</param>
    public static string Map(params ReadOnlySpan<(string Name, string? Value)> members)
    {
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                kept.Add(name, value);
            }
        }

        return $"{{{string.Join(',', kept.Select(m => $"{Text(m.Key)}:{m.Value}"))}}}";
    }

    /// <summary>A list of values in canonical form.</summary>
    public static string List(IEnumerable<string> values) => $"[{string.Join(',', values)}]";

    /// <summary>base64url(SHA-256) of what is in canonical form.</summary>
    public static string Hash(string canonical) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
}
