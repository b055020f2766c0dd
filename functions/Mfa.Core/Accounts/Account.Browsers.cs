using System.Collections.Immutable;

namespace Mfa.Core;

public partial record Account
{
    /// <summary>The account with one more remembered browser.</summary>
    /// <param name="id">The browser.</param>
    /// <param name="hash">The hash of the token that it has to show.</param>
    /// <param name="client">The relying party that may show it.</param>
    /// <param name="application">What that calls itself.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public Account Remembering(string id, string hash, string client, string? application, AccountPolicy policy, DateTimeOffset now)
    {
        var live = Browsers.RemoveAll(b => b.Id == id || b.Epoch != Epoch || b.ExpiresAt <= now).OrderBy(b => b.UsedAt ?? b.CreatedAt).ToImmutableArray();
        var kept = live.Length < policy.BrowsersAtMost ? live : live.RemoveRange(0, live.Length - policy.BrowsersAtMost + 1);
        return this with
        {
            Browsers = kept.Add(new()
            {
                Id = id,
                Hash = hash,
                Client = client,
                Application = application,
                Epoch = Epoch,
                CreatedAt = now,
                ExpiresAt = now + policy.RememberFor,
            }),
        };
    }

    /// <summary>The account without some remembered browsers; the very same where it has none of them.</summary>
    /// <param name="which">Which.</param>
    public Account Forgetting(Predicate<RememberedBrowser> which) =>
        Browsers.RemoveAll(which) is var kept && kept.Length < Browsers.Length ? this with { Browsers = kept } : this;

    /// <summary>What showing a remembered browser's token makes of the account.</summary>
    /// <param name="client">Who shows it.</param>
    /// <param name="id">The browser.</param>
    /// <param name="hash">The hash of the token.</param>
    /// <param name="nextHash">The hash of the one that takes its place.</param>
    /// <param name="leadsTo">Whether the token was once given out before one of this hash: its like that never was is nobody's copy.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public (Account Account, BrowserUse Use) Showing(string client, string id, string hash, string nextHash, Func<string, bool> leadsTo, AccountPolicy policy, DateTimeOffset now)
    {
        if (!policy.RememberBrowsers || Browsers.FirstOrDefault(b => b.Id == id && b.Client == client && b.Epoch == Epoch && b.ExpiresAt > now) is not { } browser)
        {
            return (this, BrowserUse.Unknown);
        }

        return hash == browser.Hash
                ? (this with { Browsers = Browsers.Replace(browser, browser with { Hash = nextHash, HashBefore = hash, UsedAt = now }) }, BrowserUse.Accepted)
            : hash == browser.HashBefore && now - browser.UsedAt <= policy.BrowserOnceWithin ? (this, BrowserUse.Accepted)
            : hash != browser.HashBefore && !leadsTo(browser.Hash) ? (this, BrowserUse.Unknown)
            // There are two copies, and nobody can tell which of them is the thief's.
            : (this with { Browsers = Browsers.Remove(browser) }, BrowserUse.Reused);
    }
}
