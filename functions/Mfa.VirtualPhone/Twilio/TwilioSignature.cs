using System.Security.Cryptography;
using System.Text;

namespace Mfa.VirtualPhone;

/// <summary>The arithmetic of <c>X-Twilio-Signature</c>.</summary>
internal static class TwilioSignature
{
    /// <param name="url">As the client gave it; fields of a GET are in its query.</param>
    public static string Of(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var text = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(field => field.Key, StringComparer.Ordinal)) { text.Append(name).Append(value); }
        return Convert.ToBase64String(HMAC(token, text.ToString()));
    }

    // Twilio's choice, not ours.
#pragma warning disable CA5350
    private static byte[] HMAC(string token, string text) => HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
}
