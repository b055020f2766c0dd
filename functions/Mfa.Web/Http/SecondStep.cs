using Mfa.Core;

namespace Mfa.Web;

/// <summary>A second step that a request shows: signed here, for this user and session, and young enough.</summary>
/// <param name="At">When it was taken.</param>
/// <param name="Epoch">The account's epoch then.</param>
/// <param name="Jti">The verification that it was, the same however often it is signed.</param>
/// <param name="End">When it can be shown no more.</param>
public sealed record SecondStep(DateTimeOffset At, int Epoch, string Jti, DateTimeOffset End)
{
    /// <summary>The header that shows one.</summary>
    public const string Header = "Mfa-Assertion";

    /// <summary>How an answer asks for one (RFC 9470 section 3).</summary>
    public static string Challenge(AccountPolicy policy) =>
        $"Bearer error=\"insufficient_user_authentication\", error_description=\"A second step of the last minutes is needed\", acr_values=\"{Acr.SecondStep}\", max_age=\"{(long)policy.SecondStepWithin.TotalSeconds}\"";

    /// <summary>It, where it is of the account's epoch; null where it is of another.</summary>
    public ShownStep? For(Account account) => Epoch == account.Epoch ? new(Jti, At, End) : null;
}
