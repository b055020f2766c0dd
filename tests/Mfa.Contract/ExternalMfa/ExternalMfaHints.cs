using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>Who signs in is what Entra's own hand wrote for this application a moment ago, and nobody else's word.</summary>
public sealed class ExternalMfaHints(EntraLaptop shared) : ExternalMfaTest(shared)
{
    private const string Stranger = "ccccdddd-2222-eeee-3333-ffff4444aaaa";

    private static readonly Dictionary<string, Action<EntraHint, FakeEntra>> s_wrong = new()
    {
        ["another directory"] = (h, e) => (h.Claims["tid"], h.Claims["iss"]) = (Stranger, $"{e.Url}/{Stranger}/v2.0"),
        ["an issuer that is not of its directory"] = (h, e) => h.Claims["iss"] = $"{e.Url}/{EntraUser.Fabrikam}/v2.0",
        ["a directory that is not of its issuer"] = (h, _) => h.Claims["tid"] = EntraUser.Fabrikam,
        ["the template for an issuer"] = (h, e) => h.Claims["iss"] = e.Url + "/{tenantid}/v2.0",
        ["an issuer of another host"] = (h, _) => h.Claims["iss"] = $"https://login.microsoftonline.com/{EntraUser.Contoso}/v2.0",
        ["an issuer of version 1"] = (h, e) => h.Claims["iss"] = $"{e.Url}/{EntraUser.Contoso}/",
        ["no issuer"] = (h, _) => h.Claims.Remove("iss"),
        ["no directory"] = (h, _) => h.Claims.Remove("tid"),
        ["a directory that is a number"] = (h, _) => h.Claims["tid"] = 7,
        ["another application"] = (h, _) => h.Claims["aud"] = "99991111-aaaa-2222-bbbb-3333cccc4444",
        ["no application"] = (h, _) => h.Claims.Remove("aud"),
        ["no user"] = (h, _) => h.Claims.Remove("oid"),
        ["an empty user"] = (h, _) => h.Claims["oid"] = "",
        ["a user that is more than a name"] = (h, _) => h.Claims["oid"] = new string('a', 5000),
        ["no sub"] = (h, _) => h.Claims.Remove("sub"),
        ["version 1.0"] = (h, _) => h.Claims["ver"] = "1.0",
        ["no version"] = (h, _) => h.Claims.Remove("ver"),
        ["half an hour of age"] = (h, _) => Shift(h, -1800),
        ["six minutes of age"] = (h, _) => Shift(h, -360),
        ["six minutes ahead"] = (h, _) => Shift(h, 360),
        ["no time"] = (h, _) => h.Claims.Remove("iat"),
        ["a time that is none"] = (h, _) => h.Claims["iat"] = "now",
        ["a time beyond all"] = (h, _) => h.Claims["iat"] = 1e30,
        ["another hand under the name of the key"] = (h, _) => h.Sign = Other,
        ["our own hand"] = (h, _) => (h.Header["kid"], h.Sign) = (EntraLaptop.Key.Kid, EntraLaptop.Key.Sign),
        ["no signature"] = (h, _) => h.Sign = (header, claims) => EntraKey.Compact(header, claims, _ => []),
        ["alg none"] = (h, _) => (h.Header["alg"], h.Sign) = ("none", (header, claims) => EntraKey.Compact(header, claims, _ => [])),
        ["alg None with a signature"] = (h, _) => h.Header["alg"] = "None",
        ["a MAC by the public key"] = (h, e) => (h.Header["alg"], h.Sign) = ("HS256", Mac(Encoding.UTF8.GetBytes(e.Key.PublicPem))),
        ["a MAC by the certificate"] = (h, e) => (h.Header["alg"], h.Sign) = ("HS256", Mac(Convert.FromBase64String(e.Key.Jwk("")["x5c"]![0]!.ToString()))),
        ["an algorithm that was not used"] = (h, _) => h.Header["alg"] = "PS256",
        ["an algorithm of another strength"] = (h, _) => h.Header["alg"] = "RS512",
        ["a key that it brings itself"] = (h, _) =>
        {
            var own = new EntraKey();
            (h.Header["kid"], h.Header["jwk"], h.Sign) = (own.Kid, own.Jwk(""), own.Sign);
        },
        ["another user behind the signature"] = (h, e) => h.Sign = (header, claims) =>
        {
            var parts = e.Key.Sign(header, claims).Split('.');
            claims["oid"] = Guid.NewGuid().ToString();
            return $"{parts[0]}.{Base64UrlEncoder.Encode(claims.ToJsonString())}.{parts[2]}";
        },
        ["something behind it"] = (h, e) => h.Sign = (header, claims) => e.Key.Sign(header, claims) + ".x",
        ["being longer than any"] = (h, _) => h.Claims["more"] = new string('m', 30_000),
    };

    public static TheoryData<string> Wrong => [.. s_wrong.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public Task It_is_refused_for(string what) => RefusedAsync(Entra.Ask(User, h => s_wrong[what](h, Entra)));

    [Theory]
    [InlineData(-290)]
    [InlineData(290)]
    public async Task Clocks_may_differ_by_five_minutes(int seconds)
    {
        using var page = await Shared.OpenAsync(Entra.Ask(User, h => Shift(h, seconds)));
        Assert.Equal("open", (await page.SeeAsync())["state"]);
    }

    [Fact]
    public async Task The_name_is_shown_at_most_and_may_lack()
    {
        using var page = await Shared.OpenAsync(Entra.Ask(User, h =>
        {
            h.Claims.Remove("preferred_username");
            h.Claims.Remove("name");
        }));
        Assert.Equal("open", (await page.SeeAsync())["state"]);
    }

    [Fact]
    public async Task Who_has_the_same_id_in_another_directory_is_somebody_else()
    {
        // A user without a method is let open it, and has none to be asked by.
        using var page = await Shared.OpenAsync(new EntraUser(EntraUser.Fabrikam, User.Oid));
        Assert.Empty((await page.SeeAsync()).Body!["methods"]!.AsArray());
        Assert.Single(await Phone.CodedAsync());
    }

    private static void Shift(EntraHint hint, int seconds)
    {
        foreach (var name in new[] { "iat", "nbf", "exp" })
        {
            hint.Claims[name] = (long)hint.Claims[name]! + seconds;
        }
    }

    private static string Other(JsonObject header, JsonObject claims)
    {
        using var key = new EntraKey();
        return key.Sign(header, claims);
    }

    private static Func<JsonObject, JsonObject, string> Mac(byte[] secret) =>
        (header, claims) => EntraKey.Compact(header, claims, signed => HMACSHA256.HashData(secret, signed));
}
