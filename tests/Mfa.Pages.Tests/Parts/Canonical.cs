using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mfa.Pages.Tests;

/// <summary>RFC 8785 by its text, written without a look at the app's.</summary>
internal static class Canonical
{
    /// <summary>base64url(SHA-256) of the canonical form.</summary>
    public static string Hash(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return Base64Url(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public static string Base64Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var (i, member) in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal).Index())
                {
                    text.Append(i == 0 ? "" : ",");
                    Quote(member.Name, text);
                    text.Append(':');
                    Write(member.Value, text);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var (i, item) in value.EnumerateArray().Index())
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(item, text);
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Quote(value.GetString()!, text);
                break;
            case JsonValueKind.Number:
                // Whole numbers only are in what this contract signs.
                text.Append(value.GetInt64().ToString(CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        text.Append('"');
    }
}
