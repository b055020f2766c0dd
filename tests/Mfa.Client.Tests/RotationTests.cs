using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Client.Tests;

/// <summary>A key of assertions is replaced while relying parties, an independent one and our client's, keep checking.</summary>
public sealed class RotationTests(Storage storage) : SigningTest(storage)
{
    [Theory]
    [InlineData("ES256", "ES256")]
    [InlineData("RS256", "RS256")]
    [InlineData("ES256", "RS256")]
    public async Task Nobody_refuses_an_assertion_before_during_and_after(string before, string after)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var jose = await Jose.StartAsync(Front.Url, Clients.Issuer, "shop");
        await using var services = Clients.Of(Front.Url, time: time);
        var client = services.GetRequiredService<MfaClient>();
        var (old, next) = (Keys.New(before), Keys.New(after));
        Dictionary<string, string> both = new() { ["old"] = old, ["next"] = next };

        var head = await DeployAsync(new() { ["old"] = old }, ("Newest", "old"));
        await CountsAsync("old", before, Sign(head));

        head = await DeployAsync(both, ("Newest", "old"));
        var late = Sign(head);
        await CountsAsync("old", before, late);

        head = await DeployAsync(both, ("Newest", "next"));
        // Whoever has kept the keys since before the new one asks for them now.
        await CountsAsync("next", after, Sign(head));
        await CountsAsync("old", before, late);

        head = await DeployAsync(new() { ["next"] = next }, ("Newest", "next"));
        await CountsAsync("next", after, Sign(head));

        async Task CountsAsync(string kid, string algorithm, string token)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            var read = await jose.ReadAsync(token);
            Assert.True(read["fault"] is null, read.ToJsonString());
            Assert.Equal((kid, algorithm, "alice", "contoso", "3"), (read["header"]!["kid"]!.ToString(), read["header"]!["alg"]!.ToString(), read["payload"]!["sub"]!.ToString(), read["payload"]!["tid"]!.ToString(), read["payload"]!["epoch"]!.ToString()));
            Assert.Null((await client.ValidateAssertionAsync(token, "alice", "n", 3)).Fault);
        }
    }

    [Fact]
    public async Task A_relying_party_that_can_not_check_ES256_gets_RS256()
    {
        var head = await DeployAsync(new() { ["a"] = Keys.New("ES256"), ["r"] = Keys.New("RS256") }, ("Newest", "a"), ("NewestRs256", "r"), ("Rs256Clients", "shop"));
        using var jose = await Jose.StartAsync(Front.Url, Clients.Issuer, "shop");
        Assert.Equal("RS256", (await jose.ReadAsync(Sign(head)))["header"]!["alg"]!.ToString());
        using var other = await Jose.StartAsync(Front.Url, Clients.Issuer, "bank");
        Assert.Equal("ES256", (await other.ReadAsync(Sign(head, a => a with { Audience = "bank" })))["header"]!["alg"]!.ToString());
        Assert.Equal("ERR_JWT_CLAIM_VALIDATION_FAILED", (await jose.ReadAsync(Sign(head, a => a with { Audience = "bank" })))["fault"]!.ToString());
    }

    [Fact]
    public async Task Keys_are_kept_fetched_again_for_one_that_is_new_and_no_oftener_than_allowed()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var services = Clients.Of(Front.Url, time: time);
        var client = services.GetRequiredService<MfaClient>();
        var first = await DeployAsync(new() { ["one"] = Keys.New("ES256") }, ("Newest", "one"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await client.ValidateAssertionAsync(Sign(first), "alice")).Fault);
        }

        Assert.Single(Front.Requests);
        var second = await DeployAsync(new() { ["two"] = Keys.New("ES256") }, ("Newest", "two"));
        // Made-up keys don't make the client ask all the time.
        Assert.Equal(AssertionFault.UnknownKey, (await client.ValidateAssertionAsync(Sign(second), "alice")).Fault);
        Assert.Single(Front.Requests);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null((await client.ValidateAssertionAsync(Sign(second), "alice")).Fault);
        Assert.Equal(AssertionFault.UnknownKey, (await client.ValidateAssertionAsync(Sign(first), "alice")).Fault);
        Assert.Equal(2, Front.Requests.Count);

        // The service is away for longer than keys are kept.
        Front.Down = true;
        time.Advance(TimeSpan.FromMinutes(6));
        Assert.Null((await client.ValidateAssertionAsync(Sign(second, a => a with { At = time.GetUtcNow() }), "alice")).Fault);
        time.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<MfaAwayException>(() => client.ValidateAssertionAsync(Sign(second, a => a with { At = time.GetUtcNow() }), "alice"));
    }
}
