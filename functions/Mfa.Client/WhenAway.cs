namespace Mfa.Client;

/// <summary>What happens to a sign-in while the service can't be reached.</summary>
public enum WhenAway
{
    /// <summary>Nobody signs in: <see cref="MfaAwayException"/>.</summary>
    FailClosed,

    /// <summary>
    /// The password alone lets in, with a warning in the log. Only where the service answers nothing at all, not even its health: a user
    /// can't bring that about with their own requests.
    /// </summary>
    FailOpen,
}
