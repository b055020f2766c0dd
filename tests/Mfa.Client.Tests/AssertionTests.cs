using System.Security.Cryptography;
using System.Text;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Mfa.Client.Tests;

/// <summary>What the client refuses, and why.</summary>
public sealed class AssertionTests(Storage storage) : SigningTest(storage)
{
    private static readonly MfaContext s_payment = new("Payment", [new("Amount", "€ 120.00"), new("To", "Bob")]);
    private static readonly string s_key = Keys.New("ES256");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task It_says_what_was_proved()
    {
        var (check, at) = (await CheckAsync(a => a with { Context = MfaContext.Hash(s_payment) }, context: s_payment), DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds()));
        Assert.True(check.Counts);
        var said = check.Assertion;
        Assert.Equal(("v1", "alice", "contoso", 3, "mfa sms", "n", true), (said.Id, said.User, said.Tenant, said.Epoch, string.Join(' ', said.Amr), said.Nonce, said.IsFresh));
        Assert.Equal((at, at.AddMinutes(5)), (said.At, said.ExpiresAt));
    }

    [Fact]
    public async Task It_counts_for_whom_and_what_it_is_only()
    {
        Assert.Equal(AssertionFault.WrongAudience, (await CheckAsync(a => a with { Audience = "bank" })).Fault);
        Assert.Equal(AssertionFault.WrongAudience, (await CheckAsync(a => a with { Audience = "self" })).Fault);
        Assert.Equal(AssertionFault.WrongTenant, (await CheckAsync(a => a with { Account = a.Account with { Tenant = "fabrikam" } })).Fault);
        Assert.Equal(AssertionFault.WrongUser, (await CheckAsync(a => a with { Account = a.Account with { User = "mallory" } })).Fault);
        Assert.Equal(AssertionFault.WrongNonce, (await CheckAsync(a => a with { Nonce = "other" })).Fault);
        Assert.Equal(AssertionFault.WrongNonce, (await CheckAsync(a => a with { Nonce = null })).Fault);
        Assert.Equal(AssertionFault.OlderEpoch, (await CheckAsync(a => a with { Epoch = 2 })).Fault);
        Assert.Null((await CheckAsync(a => a with { Epoch = 4 })).Fault);
        Assert.Equal(AssertionFault.WrongIssuer, (await CheckAsync(a => a, issuer: "https://other.example")).Fault);
    }

    [Fact]
    public async Task What_was_agreed_to_counts_for_that_alone()
    {
        var other = s_payment with { Details = [new("Amount", "€ 9120.00"), new("To", "Bob")] };
        Assert.Equal(AssertionFault.WrongContext, (await CheckAsync(a => a with { Context = MfaContext.Hash(other) }, context: s_payment)).Fault);
        Assert.Equal(AssertionFault.WrongContext, (await CheckAsync(a => a, context: s_payment)).Fault);
        Assert.Equal(AssertionFault.WrongContext, (await CheckAsync(a => a with { Context = MfaContext.Hash(s_payment) })).Fault);
        Assert.Equal(AssertionFault.WrongContext, (await CheckAsync(a => a with { Context = MfaContext.Hash(s_payment), Acr = Acr.Remembered }, context: s_payment)).Fault);
    }

    [Fact]
    public async Task It_counts_no_longer_than_it_lives()
    {
        Assert.Null((await CheckAsync(a => a, later: 299)).Fault);
        Assert.Equal(AssertionFault.Over, (await CheckAsync(a => a, later: 301)).Fault);
        Assert.Null((await CheckAsync(a => a with { At = a.At.AddSeconds(29) })).Fault);
        Assert.Equal(AssertionFault.TooEarly, (await CheckAsync(a => a with { At = a.At.AddSeconds(35) })).Fault);
    }

    [Fact]
    public async Task A_forged_one_is_refused()
    {
        var good = Sign(await DeployAsync(new() { ["a"] = s_key }, ("Newest", "a")));
        var parts = good.Split('.');
        var said = Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1]));
        Assert.Equal(AssertionFault.WrongSignature, await FaultAsync($"{parts[0]}.{Base64UrlEncoder.Encode(said.Replace("alice", "mally", StringComparison.Ordinal))}.{parts[2]}"));
        Assert.Equal(AssertionFault.WrongAlgorithm, await FaultAsync($"{Base64UrlEncoder.Encode("""{"alg":"none","kid":"a","typ":"JWT"}""")}.{parts[1]}."));
        Assert.Equal(AssertionFault.WrongAlgorithm, await FaultAsync($"{Base64UrlEncoder.Encode("""{"alg":"RS256","kid":"a","typ":"JWT"}""")}.{parts[1]}.{parts[2]}"));
        Assert.Equal(AssertionFault.UnknownKey, await FaultAsync($"{Base64UrlEncoder.Encode("""{"alg":"ES256","kid":"b","typ":"JWT"}""")}.{parts[1]}.{parts[2]}"));
        using var theirs = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(AssertionFault.WrongSignature, await FaultAsync(Signed(new(new ECDsaSecurityKey(theirs) { KeyId = "a" }, SecurityAlgorithms.EcdsaSha256), said)));
        // The public key as a secret of HMAC: what those fall for who let the token choose.
        Assert.Equal(AssertionFault.WrongAlgorithm, await FaultAsync(Signed(new(new SymmetricSecurityKey(new byte[64]) { KeyId = "a" }, SecurityAlgorithms.HmacSha256), said)));
        Assert.All(await Task.WhenAll(new[] { "", "x", "a.b.c", "..", new string('x', 9000), parts[0] + "." + parts[1] }.Select(FaultAsync)), f => Assert.Equal(AssertionFault.Malformed, f));
        Assert.Null(await FaultAsync(good));
    }

    private static string Signed(SigningCredentials by, string said) => new JsonWebTokenHandler().CreateToken(said, by);

    private async Task<AssertionFault?> FaultAsync(string token)
    {
        await using var services = Clients.Of(Front.Url, time: _time);
        return (await services.GetRequiredService<MfaClient>().ValidateAssertionAsync(token, "alice")).Fault;
    }

    private async Task<AssertionCheck> CheckAsync(Func<AssertionOf, AssertionOf> change, MfaContext? context = null, double later = 0, string issuer = Clients.Issuer)
    {
        var token = Sign(await DeployAsync(new() { ["a"] = s_key }, ("Newest", "a")), a => change(a with { At = _time.GetUtcNow() }));
        await using var services = Clients.Of(Front.Url, o => o.Issuer = issuer, new FakeTimeProvider(_time.GetUtcNow().AddSeconds(later)));
        return await services.GetRequiredService<MfaClient>().ValidateAssertionAsync(token, "alice", "n", 3, context);
    }
}
