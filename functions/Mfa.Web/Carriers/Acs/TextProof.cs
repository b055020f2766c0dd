using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web.Acs;

/// <summary>Checks the secret in the delivery header that proves a text event; two are valid while one replaces the other.</summary>
public sealed class TextProof(AcsSettings carrier)
{
    /// <summary>Whether the request carries one of them. Takes the same time for any wrong one.</summary>
    public bool IsProved(HttpRequest request)
    {
        var given = Hash(request.Headers[carrier.TextEventsHeader].ToString());
        var proved = false;
        foreach (var secret in carrier.TextEventsSecrets)
        {
            proved |= CryptographicOperations.FixedTimeEquals(given, Hash(secret));
        }

        return proved;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
