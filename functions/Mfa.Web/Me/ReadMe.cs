using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET /me.</summary>
public sealed class ReadMe(AccountRows accounts, MeViews views)
{
    public async Task<IResult> GetAsync(Call call) => Wire.Json(views.Of((await accounts.OwnAsync(call)).Account, call));
}
