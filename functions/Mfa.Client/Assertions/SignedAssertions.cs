using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Client;

/// <summary>Reads assertions, and checks that a published key signed them by its own algorithm.</summary>
internal sealed class SignedAssertions(PublishedKeys keys)
{
    private const int AtMost = 8192;

    private readonly JsonWebTokenHandler _tokens = new();

    public async Task<(JsonWebToken? Token, AssertionFault? Fault)> ReadAsync(string assertion, CancellationToken cancel)
    {
        if (assertion.Length > AtMost || Parse(assertion) is not { Kid.Length: > 0 } token)
        {
            return (null, AssertionFault.Malformed);
        }

        if (token.Alg is not (SecurityAlgorithms.EcdsaSha256 or SecurityAlgorithms.RsaSha256))
        {
            return (null, AssertionFault.WrongAlgorithm);
        }

        if (await keys.FindAsync(token.Kid, cancel) is not { } key)
        {
            return (null, AssertionFault.UnknownKey);
        }

        if (token.Alg != key.Alg)
        {
            return (null, AssertionFault.WrongAlgorithm);
        }

        // Its claims are AssertionRules' matter, which tells what is wrong.
        var read = await _tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [key.Alg],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return read.IsValid ? (token, null) : (null, AssertionFault.WrongSignature);
    }

    private JsonWebToken? Parse(string assertion)
    {
        try
        {
            return _tokens.CanReadToken(assertion) ? _tokens.ReadJsonWebToken(assertion) : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }
}
