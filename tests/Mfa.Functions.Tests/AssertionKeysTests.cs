using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Mfa.Core;
using Mfa.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Functions.Tests;

/// <summary>Which key signs for whom, and what is published.</summary>
public sealed class AssertionKeysTests
{
    private static readonly DateTimeOffset s_at = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string s_first = EllipticCurve(ECCurve.NamedCurves.nistP256);
    private static readonly string s_second = EllipticCurve(ECCurve.NamedCurves.nistP256);
    private static readonly string s_rsa = Rsa(2048);

    [Theory]
    [InlineData("shop", "a1", SecurityAlgorithms.EcdsaSha256)]
    [InlineData("legacy", "r1", SecurityAlgorithms.RsaSha256)]
    [InlineData("self", "a1", SecurityAlgorithms.EcdsaSha256)]
    public async Task A_relying_party_that_is_listed_gets_RS256_and_all_others_what_the_newest_key_signs(string audience, string kid, string algorithm)
    {
        var settings = Settings(("Keys:a1", s_first), ("Keys:r1", s_rsa), ("Newest", "a1"), ("NewestRs256", "r1"), ("Rs256Clients", "other, legacy"));
        var token = Signed(settings, audience);
        Assert.Equal((kid, algorithm), (new JsonWebToken(token).Kid, new JsonWebToken(token).Alg));
        Assert.True((await ValidateAsync(token, audience, await PublishedAsync(settings))).IsValid);
    }

    [Fact]
    public void The_newest_keys_type_says_the_algorithm() =>
        Assert.Equal(SecurityAlgorithms.RsaSha256, new JsonWebToken(Signed(Settings(("Keys:r1", s_rsa), ("Newest", "r1")), "shop")).Alg);

    [Fact]
    public async Task A_rotation_leaves_no_gap()
    {
        MfaSettings[] steps =
        [
            Settings(("Keys:a1", s_first), ("Newest", "a1")),
            Settings(("Keys:a1", s_first), ("Keys:a2", s_second), ("Newest", "a1")),
            Settings(("Keys:a1", s_first), ("Keys:a2", s_second), ("Newest", "a2")),
            Settings(("Keys:a2", s_second), ("Newest", "a2")),
        ];
        for (var step = 0; step < steps.Length - 1; step++)
        {
            // Instances before and after a step serve side by side, and either's keys may have been kept.
            foreach (var (signs, checks) in new[] { (step, step + 1), (step + 1, step) })
            {
                // Of the last step, what a1 signed has ended by then.
                Assert.True((await ValidateAsync(Signed(steps[signs], "shop"), "shop", await PublishedAsync(steps[checks]))).IsValid);
            }
        }
    }

    [Fact]
    public async Task Only_public_halves_are_published_each_with_its_type_and_algorithm()
    {
        var keys = JsonNode.Parse(await PublishedAsync(Settings(("Keys:a1", s_first), ("Keys:r1", s_rsa), ("Newest", "a1"))))!["keys"]!.AsArray();
        Assert.Equal(["alg,crv,kid,kty,use,x,y", "alg,e,kid,kty,n,use"], keys.Select(k => string.Join(',', k!.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal))));
        Assert.Equal([("a1", "EC", "ES256"), ("r1", "RSA", "RS256")], keys.Select(k => (k!["kid"]!.ToString(), k["kty"]!.ToString(), k["alg"]!.ToString())));
    }

    [Fact]
    public void An_assertion_says_the_same_each_time_until_its_end()
    {
        var settings = Settings(("Keys:a1", s_first), ("Newest", "a1"));
        string Claims(double minutes) => new JsonWebToken(Assertions(settings, s_at.AddMinutes(minutes)).Sign(What("shop"))!).EncodedPayload;
        Assert.Equal(Claims(0), Claims(4.99));
        Assert.Null(Assertions(settings, s_at.AddMinutes(5)).Sign(What("shop")));
        var said = JsonNode.Parse(Base64UrlEncoder.Decode(Claims(1)))!.AsObject();
        Assert.Equal(
            "acr=urn:mfa:second-step amr=[\"mfa\",\"sms\"] aud=shop auth_time=1772366400 ctx=hash epoch=3 exp=1772366700 iat=1772366400 iss=https://mfa.example jti=v1 nbf=1772366400 nonce=n sub=alice tid=contoso",
            string.Join(' ', said.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={(c.Value is JsonArray many ? many.ToJsonString() : c.Value)}")));
    }

    [Fact]
    public async Task What_is_for_a_relying_party_is_no_second_step_here()
    {
        var settings = Settings(("Keys:a1", s_first), ("Newest", "a1"));
        foreach (var (audience, counts) in new[] { ("shop", false), ("self", true) })
        {
            var request = new DefaultHttpContext().Request;
            request.Headers[SecondStep.Header] = Assertions(settings, s_at).Sign(What(audience) with { Session = "session" });
            var read = await Assertions(settings, s_at).ReadAsync(request, new("contoso", "alice", "session", null));
            Assert.Equal(counts ? $"{s_at} 3" : null, read is null ? null : $"{read.At} {read.Epoch}");
        }
    }

    [Fact]
    public void Keys_that_are_none_and_names_without_a_key_are_told()
    {
        string k1 = EllipticCurve(ECCurve.CreateFromFriendlyName("secp256k1")), p384 = EllipticCurve(ECCurve.NamedCurves.nistP384), small = Rsa(1024);
        Assert.Equal(["Assertion__Keys__x"], Faults(("Keys:x", k1), ("Keys:a1", s_first), ("Newest", "a1")));
        Assert.Equal(["Assertion__Keys__x"], Faults(("Keys:x", p384), ("Keys:a1", s_first), ("Newest", "a1")));
        Assert.Equal(["Assertion__Keys__x"], Faults(("Keys:x", small), ("Keys:a1", s_first), ("Newest", "a1")));
        Assert.Equal(["Assertion__Newest"], Faults(("Keys:a1", s_first), ("Newest", "a2")));
        Assert.Equal(["Assertion__NewestRs256"], Faults(("Keys:a1", s_first), ("Newest", "a1"), ("NewestRs256", "r1")));
        Assert.Equal(["Assertion__NewestRs256"], Faults(("Keys:a1", s_first), ("Newest", "a1"), ("NewestRs256", "a1")));
        Assert.Equal(["Assertion__Rs256Clients"], Faults(("Keys:a1", s_first), ("Newest", "a1"), ("Rs256Clients", "legacy")));
    }

    private static AssertionOf What(string audience) => new()
    {
        Account = new() { Key = "k", Tenant = "contoso", User = "alice" },
        Epoch = 3,
        Audience = audience,
        Jti = "v1",
        At = s_at,
        For = TimeSpan.FromMinutes(5),
        Amr = Web.Assertions.Amr(How.Text),
        Acr = Acr.SecondStep,
        Nonce = "n",
        Context = "hash",
    };

    private static string Signed(MfaSettings settings, string audience) => Assertions(settings, s_at).Sign(What(audience))!;

    private static Assertions Assertions(MfaSettings settings, DateTimeOffset now) => new(settings.Service, settings.AssertionKeys, settings.Accounts, new FakeTime(now));

    private static async Task<string> PublishedAsync(MfaSettings settings)
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(), Response = { Body = new MemoryStream() } };
        await settings.AssertionKeys.Publish(new(http.Request, new())).ExecuteAsync(http);
        return System.Text.Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());
    }

    private static Task<TokenValidationResult> ValidateAsync(string token, string audience, string keys) => new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidIssuer = "https://mfa.example",
        ValidAudience = audience,
        IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
        ValidateLifetime = false,
    });

    private static SettingsReader Reader((string Name, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Assertion:" + s.Name, (string?)s.Value)).Append(new("Service:PublicUrl", "https://mfa.example"))).Build());

    private static MfaSettings Settings(params (string, string)[] settings) => MfaSettings.Read(Reader(settings));

    private static IEnumerable<string> Faults(params (string, string)[] settings)
    {
        var reader = Reader(settings);
        AssertionKeys.Read(reader);
        return Assert.Throws<SettingsException>(reader.ThrowOnFaults).Faults.Select(f => f.Split(' ')[0]);
    }

    private static string EllipticCurve(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    private static string Rsa(int bits)
    {
        using var key = RSA.Create(bits);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    private sealed class FakeTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
