using Xunit;

namespace Mfa.Contract;

/// <summary>The first step's issuer can't be reached.</summary>
public sealed class IssuerAway(Storage storage) : LaptopTest(storage)
{
    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    [Fact]
    public async Task Nobody_is_called_a_forger_before_its_keys_were_had_and_after_that_they_serve()
    {
        await using var issuer = await Tap.StartAsync(Laptop.Issuer ?? Laptop.Url);
        issuer.Down = true;
        var head = await Laptop.AddHeadAsync(settings: new() { ["Auth:Authority"] = issuer.Url + "/dev" });
        using var user = User.At(head.Url.ToString());
        using var forger = new Person(head.Url.ToString(), TokenSigner.Forge(Laptop, DateTimeOffset.UtcNow.AddMinutes(30), ("tid", "contoso"), ("oid", "alice"), ("scp", "x")));
        foreach (var caller in new[] { user, forger, user })
        {
            var answer = await caller.GetAsync("me");
            BadInput.AssertProblem(answer, 503, "unavailable");
            Assert.NotNull(answer.Raw.Headers.RetryAfter?.Delta);
        }

        using var http = new HttpClient();
        Assert.Equal(401, (int)(await http.GetAsync(new Uri(head.Url, "api/v1/me"))).StatusCode);

        issuer.Down = false;
        await Handset.UntilAsync(() => user.GetAsync("me"), a => a.Status == 200, "200 once the issuer is back");
        BadInput.AssertProblem(await forger.GetAsync("me"), 401, "unauthorized");

        issuer.Down = true;
        foreach (var _ in Enumerable.Range(0, 3))
        {
            Assert.Equal(200, (await user.GetAsync("me")).Status);
            BadInput.AssertProblem(await forger.GetAsync("me"), 401, "unauthorized");
        }
    }
}
