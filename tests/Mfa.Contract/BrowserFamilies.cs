using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>Copies of a remembered browser's token, as time passes.</summary>
public sealed class BrowserFamilies(Storage storage) : LaptopTest(storage)
{
    // Noon, so that no day ends.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.Date.AddHours(36));

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false", ["Policy:RememberBrowsers"] = "true" };

    protected override TimeProvider Time => _time;

    [Fact]
    public async Task One_that_is_shown_twice_a_minute_apart_ends_both_and_the_audit_says_why()
    {
        using var shop = await Laptop.RelyingPartyAsync();
        var first = await RememberAsync(shop);
        var second = (await ShowAsync(shop, first, "satisfied"))["rememberedBrowser"];
        _time.Advance(TimeSpan.FromMinutes(1));
        await ShowAsync(shop, first, "open");
        await ShowAsync(shop, second, "open");
        var told = (await User.GetAsync("me/activity?top=100")).Body!["items"]!.AsArray().Select(i => i!["kind"]!.ToString()).ToList();
        Assert.Single(told, "browser-reused");
        Assert.Single(told, "browser-forgotten");
        Assert.Empty((await User.GetAsync("me/remembered-browsers")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task Whoever_knows_its_id_and_no_token_of_it_ends_nothing()
    {
        using var shop = await Laptop.RelyingPartyAsync();
        var token = await RememberAsync(shop);
        var id = (await User.GetAsync("me/remembered-browsers")).Body!["items"]!.AsArray().Single()!["id"]!.ToString();
        Assert.StartsWith(id + ".", token, StringComparison.Ordinal);
        await ShowAsync(shop, $"{id}.{new string('A', 43)}", "open");
        await ShowAsync(shop, token, "satisfied");
    }

    private async Task<string> RememberAsync(RelyingParty shop)
    {
        var (app, _) = await User.SetUpAppAsync(_time);
        var opened = await shop.ChallengeAsync(User.Id, new() { ["rememberBrowser"] = true });
        return (await shop.VerifyAsync(opened["id"], await app.CodeAsync(steps: 1, at: _time.GetUtcNow())))["rememberedBrowser"];
    }

    private async Task<Reply> ShowAsync(RelyingParty shop, string token, string state)
    {
        var shown = await shop.ChallengeAsync(User.Id, new JsonObject { ["rememberedBrowser"] = token, ["contact"] = false });
        Assert.Equal((201, state), (shown.Status, shown["state"]));
        return shown;
    }
}
