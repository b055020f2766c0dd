using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mfa.Web;

/// <summary>Reads the bearer tokens of the first step's issuer (RFC 6750), and tells a user's from an application's.</summary>
public sealed class BearerTokens(AuthSettings settings, IOptionsMonitor<JwtBearerOptions> options, ILogger<BearerTokens> log)
{
    private const string Scheme = "Bearer";
    private const int AtMost = 256;

    private static readonly string[] s_names = ["preferred_username", "name"];
    private static readonly string[] s_clients = ["azp", "appid", "client_id", "cid"];

    private int _told;

    /// <summary>What the request's token says.</summary>
    /// <exception cref="IssuerKeysException">The issuer's keys were never had.</exception>
    public async Task<BearerToken> ReadAsync(HttpRequest request)
    {
        if (request.Headers.Authorization.ToString() is { Length: > 0 } header && header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase))
        {
            await RequireKeysAsync(request.HttpContext.RequestAborted);
        }

        var first = await request.HttpContext.AuthenticateAsync(Scheme);
        if (first.Principal is not { Identity.IsAuthenticated: true } principal)
        {
            return Unauthorized(hadToken: !first.None);
        }

        var tenant = principal.FindFirstValue(settings.TenantClaim);
        if (tenant is not { Length: > 0 and <= AtMost })
        {
            return Unauthorized(hadToken: true);
        }

        var roles = principal.FindAll("roles").Select(c => c.Value).ToList();
        var client = s_clients.Select(principal.FindFirstValue).FirstOrDefault(c => !string.IsNullOrEmpty(c));
        if (IsApplication(principal, client))
        {
            // What is not to be told as a user's is an application's only where it says so: an ID token, say, is neither.
            return IsSure(principal, client) ? new() { Application = new(tenant, client!) { Roles = roles }, Roles = roles } : new();
        }

        return principal.FindFirstValue(settings.UserClaim) is { Length: > 0 and <= AtMost } user
            ? new() { User = new(tenant, user, Session(principal, request), Name(principal)), Roles = roles }
            : WithoutUser();
    }

    // Without them every token would look forged; once had, old keys serve while the issuer is away.
    private async Task RequireKeysAsync(CancellationToken cancel)
    {
        try
        {
            await options.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(cancel);
        }
        catch (InvalidOperationException e)
        {
            throw new IssuerKeysException(e);
        }
    }

    private bool IsApplication(ClaimsPrincipal principal, string? client) =>
        settings.ApplicationTokenClaim.IsIn(principal) || !settings.UserTokenClaim.IsIn(principal) || IsItself(principal, client);

    private bool IsSure(ClaimsPrincipal principal, string? client) =>
        client is not null && (settings.ApplicationTokenClaim.IsIn(principal) || IsItself(principal, client));

    private static bool IsItself(ClaimsPrincipal principal, string? client) => client is not null && principal.FindFirstValue("sub") == client;

    // A token that names no session is one: what two of them opened is not each other's.
    private static string Session(ClaimsPrincipal principal, HttpRequest request) =>
        principal.FindFirstValue("sid") is { Length: > 0 and <= AtMost } session ? session
            : "token:" + Hash(principal.FindFirstValue("uti") ?? principal.FindFirstValue("jti") ?? request.Headers.Authorization.ToString().Split('.')[^1]);

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 15));

    private static string? Name(ClaimsPrincipal principal) => UserCaller.Shown(s_names.Select(principal.FindFirstValue).FirstOrDefault(n => !string.IsNullOrWhiteSpace(n)));

    private BearerToken WithoutUser()
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            log.LogError("A user's token has no claim {Claim}, or one that is too long: Auth__UserClaim names another, or the issuer must put it in. Told once", settings.UserClaim);
        }

        return new() { Refusal = Problem.Of(StatusCodes.Status401Unauthorized, "no-user-claim") with { Headers = Challenge(hadToken: true) } };
    }

    private static BearerToken Unauthorized(bool hadToken) =>
        new() { Refusal = Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized") with { Headers = Challenge(hadToken) } };

    // RFC 6750 section 3.
    private static IReadOnlyList<(string Name, string Value)> Challenge(bool hadToken) =>
        [("WWW-Authenticate", hadToken ? "Bearer error=\"invalid_token\"" : "Bearer")];
}
