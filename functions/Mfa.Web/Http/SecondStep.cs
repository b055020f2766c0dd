namespace Mfa.Web;

/// <summary>A second step that a request shows: signed here, for this user and session, and young enough.</summary>
/// <param name="At">When it was taken.</param>
/// <param name="Epoch">The account's epoch then.</param>
public sealed record SecondStep(DateTimeOffset At, int Epoch)
{
    /// <summary>The header that shows one.</summary>
    public const string Header = "Mfa-Assertion";
}
