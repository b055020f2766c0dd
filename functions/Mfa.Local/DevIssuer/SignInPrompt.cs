namespace Mfa.Local;

/// <summary>Whether the sign-in page is shown, as OpenID Connect Core section 3.1.2.1 has <c>prompt</c>.</summary>
public enum SignInPrompt
{
    /// <summary>Where nobody is known to be signed in.</summary>
    AsNeeded,

    /// <summary>In no case: whoever isn't signed in is refused.</summary>
    None,

    /// <summary>In any case.</summary>
    Login,
}
