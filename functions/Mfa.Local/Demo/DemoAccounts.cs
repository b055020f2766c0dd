using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local;

/// <summary>
/// The demo users of the tenant <c>contoso</c>, as an admin would have set them up. They are made once; what became of them since is kept.
/// Anybody else has an account that is not required.
/// </summary>
public sealed class DemoAccounts(AccountRows accounts)
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
            // Null when another head was first: it made the same.
            await accounts.SaveAsync(found, found.Account with { Required = demo.Required, OfficePhone = demo.OfficePhone is { } phone ? PhoneNumber.FromE164(phone) : null }, cancel);
        }
    }));
}
