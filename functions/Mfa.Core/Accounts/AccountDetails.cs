namespace Mfa.Core;

/// <summary>What the company says of a user, and an admin may change.</summary>
/// <param name="UserName">The name that the user signs in with.</param>
/// <param name="DisplayName">What people call the account.</param>
/// <param name="Email">An address, for notices.</param>
/// <param name="OfficePhone">The number in the company's directory.</param>
/// <param name="Culture">The language of texts and calls.</param>
/// <param name="Required">Whether two-step verification is required.</param>
/// <param name="GraceUntil">Until when the user may sign in without, although it is.</param>
public sealed record AccountDetails(
    string? UserName = null, string? DisplayName = null, string? Email = null, PhoneNumber? OfficePhone = null, string? Culture = null,
    bool Required = false, DateTimeOffset? GraceUntil = null)
{
    /// <summary>The details of an account as it stands.</summary>
    public static AccountDetails Of(Account account) => new(
        account.UserName, account.DisplayName, account.Email, account.OfficePhone, account.Culture, account.Required, account.GraceUntil);

    /// <summary>Prints no personal data.</summary>
    public override string ToString() => nameof(AccountDetails);
}
