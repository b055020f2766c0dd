using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>How a program proves who it is before the token endpoint: by its secret, or by what it signs.</summary>
public sealed class OpenIdClientProofs(OpenIdLaptop shared) : IClassFixture<OpenIdLaptop>
{
    private const string Bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly (string, string?)[] s_form = [("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", OpenIdParty.ReturnTo), ("code_verifier", "x")];

    [Fact]
    public async Task Its_secret_serves_in_the_header_or_in_the_form()
    {
        Assert.True(await ProvesAsync(OpenIdParty.Basic("program", OpenIdParty.Secret)));
        Assert.True(await ProvesAsync(OpenIdParty.Basic("program", OpenIdParty.Secret).Replace("Basic", "basic", StringComparison.Ordinal)));
        Assert.True(await ProvesAsync(OpenIdParty.Basic("program", OpenIdParty.Secret), ("client_id", "program")));
        Assert.True(await ProvesAsync(null, ("client_id", "program"), ("client_secret", OpenIdParty.Secret)));
    }

    [Fact]
    public async Task A_secret_with_signs_of_its_own_serves_encoded_and_as_it_is()
    {
        const string secret = "i+Am/base64/OpenSSL+makes%2Bthis/+w==";
        var head = await shared.Laptop.AddHeadAsync(settings: new() { ["Clients:program:Secret"] = $"{OpenIdParty.Secret},{secret}" });
        using var program = new OpenIdParty(head.Url.ToString());
        var raw = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("program:" + secret));
        foreach (var header in new[] { OpenIdParty.Basic("program", secret), raw, OpenIdParty.Basic("program", OpenIdParty.Secret) })
        {
            Assert.Equal("invalid_grant", (await program.SendAsync(HttpMethod.Post, "/token", new FormUrlEncodedContent(s_form.Select(f => KeyValuePair.Create(f.Item1, f.Item2!))), header))["error"]);
        }
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !")]
    [InlineData("Basic cHJvZ3JhbQ==")]
    [InlineData("Basic Og==")]
    [InlineData("Bearer x")]
    [InlineData(null)]
    public async Task What_is_no_proof_is_none(string? header)
    {
        var refused = await SendAsync(header);
        OpenIdTest.AssertRefused(refused, "invalid_client", 401);
        Assert.Equal("Basic", refused.Raw.Headers.WwwAuthenticate.Single().Scheme);
        OpenIdTest.AssertRefused(await SendAsync(header, ("client_id", "program")), "invalid_client", 401);
    }

    [Fact]
    public async Task Anothers_secret_a_wrong_one_or_an_unknown_client_is_refused_alike()
    {
        var refusals = new HashSet<string>();
        foreach (var (client, secret) in new[] { ("program", OpenIdParty.Secret + "x"), ("program", OpenIdParty.Secret[..^1]), ("program", ""), ("nobody", OpenIdParty.Secret), ("signer", ""), ("signer", OpenIdParty.Secret), ("PROGRAM", OpenIdParty.Secret) })
        {
            foreach (var refused in new[] { await SendAsync(OpenIdParty.Basic(client, secret)), await SendAsync(null, ("client_id", client), ("client_secret", secret)) })
            {
                OpenIdTest.AssertRefused(refused, "invalid_client", 401);
                refusals.Add(refused.Body!.ToJsonString());
            }
        }

        Assert.Single(refusals);
        // One client's secret, another's name.
        OpenIdTest.AssertRefused(await SendAsync(OpenIdParty.Basic("program", OpenIdParty.Secret), ("client_id", "other")), "invalid_client", 401);
    }

    [Fact]
    public async Task Two_proofs_at_once_are_none()
    {
        var (basic, assertion) = (OpenIdParty.Basic("program", OpenIdParty.Secret), ("client_assertion", Assertion()));
        OpenIdTest.AssertRefused(await SendAsync(basic, ("client_id", "program"), ("client_secret", OpenIdParty.Secret)), "invalid_request");
        OpenIdTest.AssertRefused(await SendAsync(basic, assertion, ("client_assertion_type", Bearer)), "invalid_request");
        OpenIdTest.AssertRefused(await SendAsync(null, ("client_id", "program"), ("client_secret", OpenIdParty.Secret), assertion, ("client_assertion_type", Bearer)), "invalid_request");
    }

    [Fact]
    public async Task What_it_signs_serves_for_any_of_the_services_names()
    {
        foreach (var audience in new[] { "", "/token", "/par", "/bc-authorize" })
        {
            Assert.True(await SignedAsync(Assertion(audience: shared.Laptop.Url + audience)));
        }

        Assert.True(await SignedAsync(Assertion(), ("client_id", "signer")));
    }

    [Fact]
    public async Task What_is_wrong_with_what_it_signs_makes_it_nobody()
    {
        using var stranger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        foreach (var (why, assertion) in new Dictionary<string, string>
        {
            ["over"] = Assertion(minutes: -2),
            ["too long-lived"] = Assertion(minutes: 12),
            ["endless"] = Assertion(minutes: null),
            ["not yet"] = Assertion(from: 5),
            ["for another service"] = Assertion(audience: "https://other.example"),
            ["for a part of this service that takes none"] = Assertion(audience: shared.Laptop.Url + "/userinfo"),
            ["issued by another"] = Assertion(issuer: "program"),
            ["about another"] = Assertion(subject: "program"),
            ["about nobody"] = Assertion(subject: "nobody", issuer: "nobody"),
            ["by another's key"] = Assertion(key: new ECDsaSecurityKey(stranger)),
            ["by the secret of nobody"] = Assertion(key: new SymmetricSecurityKey(Encoding.ASCII.GetBytes(OpenIdParty.Secret))),
            ["unsigned"] = Unsigned(),
            ["cut"] = Assertion()[..^10],
            ["no token"] = "x.y.z",
            ["too long"] = new string('x', 5000),
        })
        {
            var refused = await SendAsync(null, ("client_assertion_type", Bearer), ("client_assertion", assertion));
            Assert.True((refused.Status, refused.Text("error")) == (401, "invalid_client"), $"{why}: {refused}");
        }

        OpenIdTest.AssertRefused(await SendAsync(null, ("client_assertion", Assertion())), "invalid_client", 401);
        OpenIdTest.AssertRefused(await SendAsync(null, ("client_assertion", Assertion()), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer")), "invalid_client", 401);
        Assert.False(await SignedAsync(Assertion(), ("client_id", "program")));
        // Another with a secret has no key, whatever it signs.
        Assert.False(await SignedAsync(Assertion(subject: "other", issuer: "other")));
    }

    private string Assertion(int? minutes = 5, int from = 0, string? audience = null, string subject = "signer", string? issuer = "signer", SecurityKey? key = null) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer,
        Audience = audience ?? shared.Laptop.Url,
        Expires = minutes is { } end ? DateTime.UtcNow.AddMinutes(end) : null,
        NotBefore = from > 0 ? DateTime.UtcNow.AddMinutes(from) : null,
        Claims = new Dictionary<string, object> { ["sub"] = subject, ["jti"] = Guid.NewGuid().ToString() },
        SigningCredentials = key is SymmetricSecurityKey ? new(key, SecurityAlgorithms.HmacSha256) : new(key ?? new ECDsaSecurityKey(OpenIdParty.Key), SecurityAlgorithms.EcdsaSha256),
    });

    private string Unsigned()
    {
        var parts = Assertion().Split('.');
        return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.";
    }

    private Task<bool> SignedAsync(string assertion, params (string, string?)[] more) => ProvesAsync(null, [("client_assertion_type", Bearer), ("client_assertion", assertion), .. more]);

    // A client that proved itself hears of its code.
    private async Task<bool> ProvesAsync(string? header, params (string, string?)[] more)
    {
        var answer = await SendAsync(header, more);
        Assert.Contains(answer["error"], new[] { "invalid_grant", "invalid_client" });
        return answer["error"] == "invalid_grant";
    }

    private Task<Reply> SendAsync(string? header, params (string, string?)[] more) => shared.Program.SendAsync(
        HttpMethod.Post, "/token", new FormUrlEncodedContent(s_form.Concat(more).Select(f => KeyValuePair.Create(f.Item1, f.Item2!))), header);
}
