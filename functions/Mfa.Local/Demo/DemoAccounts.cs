using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local;

/// <summary>
/// The demo users of the tenant <c>contoso</c>, as an admin would have set them up. They are made once; what became of them since is kept.
/// Anybody else has an account that is not required.
/// </summary>
public sealed class DemoAccounts(AccountRows accounts, UserDetails details)
{
    private static readonly IReadOnlyList<(string User, bool Required, string? OfficePhone)> s_users =
    [
        ("alice", true, "+14255550143"),
        ("bob", true, null),
        ("carol", false, null),
    ];

    /// <summary>Makes those that are not there yet. Several heads may do so at once.</summary>
    public Task SeedAsync(CancellationToken cancel) => Task.WhenAll(s_users.Select(async demo =>
    {
        var found = await accounts.LoadAsync(DevCaller.DemoTenant, demo.User, cancel);
        if (found.Version is null)
        {
            // The name that the development issuer's tokens have. Another head that is as early makes the same.
            var made = new AccountDetails(
                $"{demo.User}@{DevCaller.DemoTenant}.example", OfficePhone: demo.OfficePhone is { } phone ? PhoneNumber.FromE164(phone) : null, Required: demo.Required);
            await details.SaveAsync(new(DevCaller.DemoTenant, demo.User), made.UserName, known => known == new AccountDetails() ? made : known, cancel);
        }
    }));
}
