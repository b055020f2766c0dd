using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET and POST /userinfo (OpenID Connect Core section 5.3): who it is, as far as the program asked for it.</summary>
public sealed class UserInfo(AccessTokens tokens, AccountRows accounts)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var token = await tokens.ReadAsync(call.Request, tokens.UserInfo) ?? await tokens.ReadAsync(call.Request, tokens.Api);
        var account = token is null ? null : (await accounts.LoadAsync(token.Tenant, token.User, call.Aborted)).Account;
        if (token is null || account!.Epoch != token.Step.Epoch || account.BlockedAt is not null)
        {
            return Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized") with { Headers = [("WWW-Authenticate", call.Request.Headers.Authorization.Count == 0 ? "Bearer" : "Bearer error=\"invalid_token\"")] };
        }

        var scopes = token.Scope.Split(' ');
        var claims = new Dictionary<string, string?>
        {
            ["sub"] = token.User,
            ["tid"] = token.Tenant,
            ["name"] = scopes.Contains("profile") ? account.DisplayName : null,
            ["preferred_username"] = scopes.Contains("profile") ? account.UserName : null,
            ["email"] = scopes.Contains("email") ? account.Email : null,
        };
        return Wire.Json(claims.Where(c => c.Value is not null).ToDictionary());
    }
}
