using System.Security.Cryptography;
using System.Text;
using Mfa.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>The hash of what a user agrees to, as the assertion's <c>ctx</c> carries it.</summary>
public static class ContextHash
{
    /// <summary>base64url(SHA-256) of the canonical form (RFC 8785) of <c>{"details":[{"label":…,"value":…}],"title":…}</c>; no details are an empty list.</summary>
    public static string Of(string title, IEnumerable<ContextDetail> details)
    {
        var parts = details.Select(d => $"{{\"label\":{Text(d.Label)},\"value\":{Text(d.Value)}}}");
        return WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes($"{{\"details\":[{string.Join(',', parts)}],\"title\":{Text(title)}}}")));
    }

    // Section 3.2.2.2; control characters never come here.
    private static string Text(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
