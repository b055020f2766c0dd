using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Peers;

/// <summary>docs/samples/authenticator.mjs: a device that was written from the document alone, in another language.</summary>
public sealed class NodeAuthenticator(Storage storage) : LaptopTest(storage)
{
    private RelyingParty _shop = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _shop = await Laptop.RelyingPartyAsync();
    }

    public override ValueTask DisposeAsync()
    {
        _shop?.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task It_is_set_up_signs_in_says_no_and_hears_that_it_was_removed()
    {
        var opened = await User.EnrollDeviceAsync();
        using var device = Start(Seen.Secret(opened["activation.qrContent"]));
        Assert.Contains("Activated for", await device.ReadAsync("Activated"), StringComparison.Ordinal);
        var ready = await User.WaitForStateAsync(opened["id"], "readyToContact");
        Assert.Equal("Terminal", ready["activation.device.name"]);
        var contacted = await User.ContactAsync(opened["id"]);
        await device.ReadAsync("The number on the screen");
        await device.TypeAsync(contacted["verification.number"]);
        await device.ReadAsync("verified");
        var verified = await User.WaitForStateAsync(opened["id"], "verified");

        var paid = await ChallengeAsync(new()
        {
            ["application"] = "Bank of \"Ö\"",
            ["context"] = new JsonObject { ["title"] = "Pay", ["details"] = new JsonArray(new JsonObject { ["label"] = "to", ["value"] = "Bob \\ Co. \u00e9\u2028" }) },
        });
        var asked = await device.ReadAsync("The number on the screen");
        Assert.Contains("Bank of \"Ö\"", asked, StringComparison.Ordinal);
        Assert.Contains("to Bob \\ Co.", asked, StringComparison.Ordinal);
        await device.TypeAsync(paid["number"]);
        await device.ReadAsync("verified");
        Assert.NotNull((await _shop.WaitForStateAsync(paid["id"], "verified")).Text("assertion"));

        foreach (var no in new[] { "deny", "1" })
        {
            var refused = await ChallengeAsync([]);
            await device.ReadAsync("The number on the screen");
            await device.TypeAsync(no);
            await device.ReadAsync("denied");
            await _shop.WaitForStateAsync(refused["id"], "denied");
        }

        Assert.Equal(204, (await User.SendAsync(HttpMethod.Delete, $"me/devices/{verified["methodId"]}", null, ("Mfa-Assertion", verified["assertion"]))).Status);
        await device.ReadAsync("Over: device-removed");
        await device.EndsAsync();
    }

    private async Task<Reply> ChallengeAsync(JsonObject asked)
    {
        var opened = await _shop.ChallengeAsync(User.Id, asked);
        Assert.Equal((201, "notification"), (opened.Status, opened["how"]));
        return opened;
    }

    private static Terminal Start(string link) => new(new("node", [Path.Combine(Repository.Folder, "docs/samples/authenticator.mjs"), link]));
}
