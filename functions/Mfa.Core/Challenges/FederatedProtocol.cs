namespace Mfa.Core;

/// <summary>By which standard a sign-in asked for its second step.</summary>
public enum FederatedProtocol
{
    /// <summary>Microsoft Entra's external MFA: the answer is a form that the browser posts.</summary>
    ExternalMfa,

    /// <summary>OpenID Connect's authorization code flow: the answer is a code in the address that the browser goes back to.</summary>
    AuthorizationCode,

    /// <summary>OpenID Connect's CIBA, poll mode: the program asks for the answer, no browser is there.</summary>
    Backchannel,
}
