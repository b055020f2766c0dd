using Mfa.Core;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>Signs what Entra is answered: one token for one second step, which says how it was taken by one <c>acr</c> and one <c>amr</c>.</summary>
public sealed class ExternalMfaTokens(ExternalMfaSettings settings, ServiceSettings service, AccountPolicy policy)
{
    private const string Text = "sms";
    private const string Call = "tel";
    private const string Code = "otp";
    private const string App = "swk";

    private readonly JsonWebTokenHandler _tokens = new();

    /// <summary>Where its routes are, which is its issuer.</summary>
    public string Issuer { get; } = $"{service.PublicUrl}{ExternalMfaSettings.Path}";

    /// <summary>What a second step here is to Entra: something that the user has, alone or as one of several.</summary>
    public static IReadOnlyList<string> Acr { get; } = ["possessionorinherence", "possession", "knowledgeorpossession", "knowledgeorpossessionorinherence"];

    /// <summary>How it may have been taken: text, call, code, notification.</summary>
    public static IReadOnlyList<string> Amr { get; } = [Text, Call, Code, App];

    public static bool IsAcr(string value) => Acr.Contains(value);

    /// <summary>How a way is called (RFC 8176). A recovery code and an admin's are codes that serve once, too.</summary>
    public static string AmrOf(How how) => how switch
    {
        How.Text => Text,
        How.Call => Call,
        How.Notification => App,
        _ => Code,
    };

    /// <summary>The token of a challenge that is verified; null where it was proved in a way that was not asked for.</summary>
    public string? Sign(Challenge challenge)
    {
        var (asked, how) = (challenge.Federated!, challenge.ProvedHow ?? How.Code);
        return !asked.Takes(how) ? null : _tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = settings.ClientId,
            IssuedAt = challenge.EndedAt!.Value.UtcDateTime,
            NotBefore = challenge.EndedAt.Value.UtcDateTime,
            Expires = (challenge.EndedAt.Value + policy.AssertionLifetime).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = asked.Subject!,
                [JwtRegisteredClaimNames.Nonce] = challenge.Nonce!,
                [JwtRegisteredClaimNames.Jti] = challenge.Id,
                [JwtRegisteredClaimNames.Acr] = asked.Acr[0],
                [JwtRegisteredClaimNames.Amr] = new[] { AmrOf(how) },
            },
            SigningCredentials = settings.Keys.Signing,
        });
    }
}
