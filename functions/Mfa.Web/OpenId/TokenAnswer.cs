using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>What a program gets for a second step that was taken (OpenID Connect Core section 3.1.3.3): the assertion as ID token, and an access token. Nothing to renew them: a second step is no session.</summary>
public sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("id_token")] string IdToken,
    [property: JsonPropertyName("scope")] string Scope);

/// <summary>Makes it.</summary>
public sealed class TokenAnswers(ChallengeViews views, AccessTokens tokens, Assertions assertions)
{
    /// <summary>The tokens of a challenge that is proved; or that it counts no more.</summary>
    public IResult Of(StoredHolder stored, OpenIdClient client)
    {
        if (views.ProofOf(stored) is not { } proof || assertions.Sign(proof) is not { } assertion)
        {
            return new OpenIdError("invalid_grant", "What was proved counts no more.");
        }

        var challenge = stored.Challenge();
        var scope = challenge.Federated?.Scope ?? "openid";
        var audience = client.UsesApi && challenge.Session is not null ? tokens.Api : tokens.UserInfo;
        var (token, left) = tokens.Sign(proof with { Audience = audience, Session = challenge.Session }, client.Id, scope);
        return Wire.Json(new TokenAnswer(token, "Bearer", (int)left.TotalSeconds, assertion, scope));
    }
}
