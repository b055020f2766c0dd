using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>The list of browsers in which the user is not asked again.</summary>
public sealed record BrowsersView(IReadOnlyList<BrowserView> Items, string? Next);

/// <summary>GET /me/remembered-browsers and DELETE …/{id}.</summary>
public sealed class RememberedBrowsers(AccountRows accounts, AccountChange change, AccountPolicy policy, TimeProvider time)
{
    public async Task<IResult> GetAsync(Call call)
    {
        var account = (await accounts.OwnAsync(call)).Account;
        return Wire.Json(new BrowsersView(BrowserView.Of(account, time.GetUtcNow()), null));
    }

    public async Task<IResult> DeleteAsync(Call call)
    {
        var id = call.Value("id");
        var changed = await change.RunAsync(call, a => a.ForgetBrowser(id, call.Caller.SecondStep?.For(a), policy, time.GetUtcNow()));
        return changed.Before.Account.Browsers.All(b => b.Id != id) ? Problem.NotFound()
            : changed.Refusal is { } refusal ? AccountProblems.Of(refusal, time.GetUtcNow())
            : Results.NoContent();
    }
}
