namespace Mfa.Web;

/// <summary>How sure an assertion is of the second step: its <c>acr</c> (OpenID Connect Core section 2).</summary>
public static class Acr
{
    /// <summary>The user took a second step, now.</summary>
    public const string SecondStep = "urn:mfa:second-step";

    /// <summary>The browser was remembered from an earlier one.</summary>
    public const string Remembered = "urn:mfa:remembered";

    /// <summary>None was asked for: the user is not required to take one.</summary>
    public const string NotRequired = "urn:mfa:not-required";
}
