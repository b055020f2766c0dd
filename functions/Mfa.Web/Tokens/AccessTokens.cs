using System.Globalization;
using Mfa.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>
/// Signs and reads access tokens (RFC 9068): what a program gets beside the assertion of a second step. It says the same, and lives as long as a second step counts; where the
/// program may use this service's routes, it is the user and the second step in one.
/// </summary>
public sealed class AccessTokens(ServiceSettings service, AuthSettings auth, AssertionKeys keys, AccountPolicy policy, TimeProvider time)
{
    private const string Type = "at+jwt";
    private const string Scheme = "Bearer ";
    private const int AtMost = 4096;

    private readonly JsonWebTokenHandler _tokens = new() { MaximumTokenSizeInBytes = AtMost };

    /// <summary>The audience of those that tell who the user is, and nothing more.</summary>
    public string UserInfo { get; } = $"{service.Issuer}/userinfo";

    /// <summary>The audience of those that open this service's own routes.</summary>
    public string Api => auth.Audience;

    /// <summary>A token for what a challenge proved; its end is told beside it.</summary>
    /// <param name="what">What it says, with the audience.</param>
    /// <param name="client">The program's client id.</param>
    /// <param name="scope">What the program asked for.</param>
    public (string Token, TimeSpan Left) Sign(AssertionOf what, string client, string scope)
    {
        var expires = what.At + policy.SecondStepWithin;
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = what.Account.User,
            ["tid"] = what.Account.Tenant,
            ["client_id"] = client,
            ["scope"] = scope,
            [JwtRegisteredClaimNames.Jti] = what.Jti,
            [JwtRegisteredClaimNames.AuthTime] = what.At.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Amr] = what.Amr,
            [JwtRegisteredClaimNames.Acr] = what.Acr,
            ["epoch"] = what.Epoch,
        };
        if (what.Session is { } session)
        {
            claims["sid"] = session;
        }

        return (_tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = service.Issuer,
            Audience = what.Audience,
            IssuedAt = what.At.UtcDateTime,
            NotBefore = what.At.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = keys.Signing(client),
            TokenType = Type,
        }), expires - time.GetUtcNow());
    }

    /// <summary>Whether a request shows one of these, good or not: then nothing else of it is looked at. The issuer of the first step may have the same type.</summary>
    public bool IsShown(HttpRequest request) => Shown(request) is { } token && _tokens.CanReadToken(token) && Read(token) is { } read && read.Typ == Type && read.Issuer == service.Issuer;

    /// <summary>What the request's token says; null where it has none for this audience that counts now.</summary>
    public async Task<AccessToken?> ReadAsync(HttpRequest request, string audience)
    {
        if (Shown(request) is not { } token)
        {
            return null;
        }

        var check = keys.Check(service.Issuer, audience);
        (check.ValidTypes, check.LifetimeValidator) = ([Type], TokenLifetime.OfOurs(time));
        var read = await _tokens.ValidateTokenAsync(token, check);
        if (!read.IsValid)
        {
            return null;
        }

        string? Text(string name) => read.Claims.TryGetValue(name, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
        return new(
            Text("tid")!,
            Text(JwtRegisteredClaimNames.Sub)!,
            Text("sid"),
            Text("scope") ?? "",
            Text(JwtRegisteredClaimNames.Acr)!,
            new(DateTimeOffset.FromUnixTimeSeconds(Convert.ToInt64(read.Claims[JwtRegisteredClaimNames.AuthTime], CultureInfo.InvariantCulture)), Convert.ToInt32(read.Claims["epoch"], CultureInfo.InvariantCulture),
                Text(JwtRegisteredClaimNames.Jti)!, new(read.SecurityToken.ValidTo, TimeSpan.Zero)));
    }

    private static string? Shown(HttpRequest request) =>
        request.Headers.Authorization is [{ Length: <= AtMost } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : null;

    private JsonWebToken? Read(string token)
    {
        try
        {
            return _tokens.ReadJsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }
}
