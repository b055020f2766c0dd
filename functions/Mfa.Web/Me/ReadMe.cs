using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET /me.</summary>
public sealed class ReadMe(AccountRows accounts, MeViews views)
{
    public async Task<IResult> GetAsync(Call call)
    {
        var user = call.TheUser;
        return Wire.Json(views.Of((await accounts.LoadAsync(user.Tenant, user.User, call.Aborted)).Account, user));
    }
}
