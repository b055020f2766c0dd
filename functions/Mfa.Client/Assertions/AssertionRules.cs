using Microsoft.IdentityModel.JsonWebTokens;

namespace Mfa.Client;

/// <summary>What an assertion must be, beside signed.</summary>
internal sealed record AssertionRules(string Issuer, string Audience, string Tenant, string User, string? Nonce, int MinimumEpoch, string? Context)
{
    // The service's clock may be ahead of ours. At its end that would only let it count for longer.
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(30);

    /// <summary>What a signed token says, or why it does not count.</summary>
    public AssertionCheck Check(JsonWebToken token, DateTimeOffset now)
    {
        if (!token.TryGetPayloadValue<int>("epoch", out var epoch) || !token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.AuthTime, out var at)
            || !token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Acr, out var acr) || !token.TryGetPayloadValue<string[]>(JwtRegisteredClaimNames.Amr, out var amr)
            || token.Id.Length == 0 || token.ValidTo == DateTime.MinValue)
        {
            return new() { Fault = AssertionFault.Malformed };
        }

        var fresh = acr == MfaAssertion.SecondStep;
        AssertionFault? fault = token switch
        {
            _ when token.Issuer != Issuer => AssertionFault.WrongIssuer,
            _ when !token.Audiences.SequenceEqual([Audience]) => AssertionFault.WrongAudience,
            _ when Text(token, "tid") != Tenant => AssertionFault.WrongTenant,
            _ when now >= Utc(token.ValidTo) => AssertionFault.Over,
            _ when now < Utc(token.ValidFrom) - s_early => AssertionFault.TooEarly,
            _ when token.Subject != User => AssertionFault.WrongUser,
            _ when Nonce is not null && Text(token, JwtRegisteredClaimNames.Nonce) != Nonce => AssertionFault.WrongNonce,
            _ when epoch < MinimumEpoch => AssertionFault.OlderEpoch,
            // What was agreed to counts for that alone, and a sign-in agrees to nothing.
            _ when Text(token, "ctx") != Context || (Context is not null && !fresh) => AssertionFault.WrongContext,
            _ => null,
        };
        return fault is not null ? new() { Fault = fault } : new()
        {
            Assertion = new()
            {
                Id = token.Id,
                User = token.Subject,
                Tenant = Tenant,
                Epoch = epoch,
                At = DateTimeOffset.FromUnixTimeSeconds(at),
                ExpiresAt = Utc(token.ValidTo),
                Amr = amr,
                Acr = acr,
                Nonce = Text(token, JwtRegisteredClaimNames.Nonce),
                Context = Text(token, "ctx"),
            },
        };
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
