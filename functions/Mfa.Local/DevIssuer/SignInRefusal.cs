namespace Mfa.Local;

/// <summary>Why an authorization request is refused (RFC 6749 section 4.1.2.1).</summary>
/// <param name="Error">The error's code.</param>
/// <param name="Says">What is wrong, for a developer.</param>
/// <param name="RedirectUri">Where the refusal goes; null where that is not known for sure, and the person is told instead.</param>
/// <param name="State">The request's state.</param>
public sealed record SignInRefusal(string Error, string Says, string? RedirectUri, string? State)
{
    /// <summary>The complete address that tells it.</summary>
    public string To(string address) => RedirectAddress.With(address,
    [
        new("error", Error), new("error_description", Says), new("state", State),
        // RFC 9207.
        new("iss", DevTokens.Issuer),
    ]);
}
