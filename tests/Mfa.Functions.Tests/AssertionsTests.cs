using System.Security.Cryptography;
using Mfa.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Functions.Tests;

/// <summary>An assertion that one instance signed, as another reads it whose clock is not quite the same.</summary>
public sealed class AssertionsTests
{
    private static readonly DateTimeOffset s_signed = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MfaSettings s_settings = Settings();

    [Theory]
    [InlineData(-30, true)]
    [InlineData(-31, false)]
    [InlineData(0, true)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    [InlineData(620, false)]
    public async Task It_counts_half_a_minute_early_and_no_longer_than_it_lives(int seconds, bool counts)
    {
        var assertions = new Assertions(s_settings.Service, s_settings.AssertionKeys, s_settings.Accounts, new Clock(s_signed.AddSeconds(seconds)));
        var request = new DefaultHttpContext().Request;
        request.Headers[SecondStep.Header] = Signed();
        var read = await assertions.ReadAsync(request, new("contoso", "alice", "session", null));
        Assert.Equal(counts ? new SecondStep(s_signed, 0, "verification", s_signed.AddMinutes(10)) : null, read);
    }

    private static string Signed() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = s_settings.Service.Issuer,
        Audience = "self",
        IssuedAt = s_signed.UtcDateTime,
        NotBefore = s_signed.UtcDateTime,
        Expires = s_signed.AddMinutes(10).UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = "alice", ["tid"] = "contoso", ["sid"] = "session", ["jti"] = "verification", ["auth_time"] = s_signed.ToUnixTimeSeconds(), ["epoch"] = 0 },
        SigningCredentials = s_settings.AssertionKeys.Signing("self"),
    });

    private static MfaSettings Settings()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return MfaSettings.Read(new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Service:PublicUrl"] = "https://mfa.example",
            ["Assertion:Keys:a1"] = Convert.ToBase64String(key.ExportPkcs8PrivateKey()),
            ["Assertion:Newest"] = "a1",
        }).Build()));
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
