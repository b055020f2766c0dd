using Mfa.Core;

namespace Mfa.Web;

/// <summary>A browser in which the user is not asked again.</summary>
public sealed record BrowserView(string Id, string? Application, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Those of an account that still count.</summary>
    public static IReadOnlyList<BrowserView> Of(Account account, DateTimeOffset now) =>
        [.. account.Browsers.Where(b => b.Epoch == account.Epoch && b.ExpiresAt > now).Select(b => new BrowserView(b.Id, b.Application ?? b.Client, b.CreatedAt, b.UsedAt, b.ExpiresAt))];
}
