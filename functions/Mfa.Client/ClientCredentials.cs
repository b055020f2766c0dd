namespace Mfa.Client;

/// <summary>How an application gets a token of its own (RFC 6749 section 4.4).</summary>
/// <param name="TokenEndpoint">The issuer's token endpoint.</param>
/// <param name="ClientId">The client id there.</param>
/// <param name="ClientSecret">Its secret.</param>
/// <param name="Scope">What the token is for, such as <c>api://mfa/.default</c>.</param>
public sealed record ClientCredentials(Uri TokenEndpoint, string ClientId, string ClientSecret, string Scope)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{ClientId} at {TokenEndpoint}, ***";
}
