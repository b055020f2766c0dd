using System.Security.Cryptography;
using Mfa.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>
/// The tokens of remembered browsers: opaque, stored as hashes, each used once. The first is derived from its challenge's secret, the next
/// from the one that was shown and a key of ours: two tabs that show the same one get the same next one, and nobody else can make it.
/// </summary>
public sealed class BrowserTokens(KeyRing keys, RowNames names, SecretColumns secrets)
{
    /// <summary>The longest token that is looked at.</summary>
    public const int AtMost = 200;

    // Thirty sign-ins on each of thirty days.
    private const int UsesAtMost = 900;

    /// <summary>A token and what is stored of it.</summary>
    public sealed record Token(string Id, string Secret, string Hash)
    {
        /// <summary>The token itself, for the browser and nothing else.</summary>
        public string Reveal() => $"{Id}.{Secret}";

        /// <summary>Prints no secret.</summary>
        public override string ToString() => nameof(Token);
    }

    /// <summary>The first token of the browser that a challenge remembers.</summary>
    public Token First(Holder challenge) => First(challenge.Id, secrets.Open(challenge));

    /// <summary>The same of a challenge that isn't there yet.</summary>
    public Token First(string challengeId, Secret key) =>
        Of(names.Hash("browser-id", challengeId), WebEncoders.Base64UrlEncode(HMACSHA256.HashData(key.Bytes, "remembered-browser"u8)));

    /// <summary>The token that was shown; null where it has not the form of one.</summary>
    public Token? Read(string? shown) =>
        shown?.Split('.') is [{ Length: > 0 } id, { Length: > 0 } secret] && shown.Length <= AtMost ? Of(id, secret) : null;

    /// <summary>The token that takes the place of one that was shown.</summary>
    public Token Next(Token shown) => Of(shown.Id, WebEncoders.Base64UrlEncode(keys.Index("browser-next", shown.Id, shown.Secret)));

    /// <summary>Whether a token was given out before the one of this hash. One that was used longer ago than a browser is used is not recognised.</summary>
    public bool Leads(Token shown, string hash)
    {
        for (var (token, uses) = (Next(shown), 1); uses <= UsesAtMost; (token, uses) = (Next(token), uses + 1))
        {
            if (token.Hash == hash)
            {
                return true;
            }
        }

        return false;
    }

    private Token Of(string id, string secret) => new(id, secret, names.Hash("browser", id, secret));
}
