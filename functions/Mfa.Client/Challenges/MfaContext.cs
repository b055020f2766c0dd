using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Client;

/// <summary>What the user agrees to: a payment, a change. Shown in the app, said in the call, put into the text.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Details">Its lines.</param>
public sealed record MfaContext(string Title, IReadOnlyList<ContextDetail> Details)
{
    /// <summary>What an assertion says of it in <c>ctx</c>: base64url(SHA-256) of its canonical form (RFC 8785).</summary>
    /// <exception cref="ArgumentException">A text in it is no Unicode: half a surrogate pair.</exception>
    public static string Hash(MfaContext context) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(context))));

    /// <summary>Its canonical form: members sorted, no blanks, the shortest escapes.</summary>
    internal static string Canonical(MfaContext context)
    {
        var details = context.Details.Select(d => $"{{\"label\":{CanonicalJson.Of(d.Label)},\"value\":{CanonicalJson.Of(d.Value)}}}");
        return $"{{\"details\":[{string.Join(',', details)}],\"title\":{CanonicalJson.Of(context.Title)}}}";
    }
}
