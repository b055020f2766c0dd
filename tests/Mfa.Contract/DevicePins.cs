using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>A company that asks for a PIN, and one that asks for six digits of the number.</summary>
public sealed class DevicePins(Storage storage) : LaptopTest(storage)
{
    private RelyingParty _shop = null!;

    protected override Dictionary<string, string?> Settings => new() { ["Policy:PinRequired"] = "true", ["Policy:PinLength"] = "6", ["Policy:MatchDigits"] = "6" };

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
    public async Task A_pin_is_set_when_it_is_activated_and_entered_each_time()
    {
        using var app = new DeviceApp(Laptop.Url) { Pin = "271828" };
        var opened = await User.EnrollDeviceAsync();
        using var without = new DeviceApp(Laptop.Url);
        var asked = await without.ActivateAsync(opened);
        BadInput.AssertProblem(asked, 422, "pin-required");
        Assert.Equal("6", asked["pinLength"]);
        foreach (var pin in new[] { "12345", "111111", "12a456", new string('1', 17) })
        {
            BadInput.AssertProblem(await app.ActivateAsync(opened, new() { ["pin"] = pin }), 422, "pin-unfit");
        }

        Assert.Equal((201, "true", "6"), (await app.ActivateAsync(opened)) is var activated ? (activated.Status, activated["pinRequired"], activated["pinLength"]) : default);
        var contacted = await User.ContactAsync(opened["id"]);
        Assert.Matches("^[1-9][0-9]{5}$", contacted["verification.number"]);
        var request = await app.RequestAsync();
        Assert.Equal("6", request["digits"]!.ToString());
        var wrong = await app.AnswerAsync(request, "authenticate", contacted["verification.number"], "000001");
        Assert.Equal((422, "wrong-pin", "4"), (wrong.Status, wrong.Code, wrong["triesLeft"]));
        Assert.Equal("verified", (await app.AnswerAsync(request, "authenticate", contacted["verification.number"]))["state"]);
        Assert.Equal(["mfa", "swk", "pin"], new JsonWebToken((await User.SeeAsync(opened["id"]))["assertion"]).GetPayloadValue<string[]>("amr"));
    }

    [Fact]
    public async Task Five_wrong_ones_lock_the_device_and_its_codes_set_it_up_anew()
    {
        using var app = new DeviceApp(Laptop.Url) { Pin = "271828" };
        await User.SetUpDeviceAsync(app);
        var opened = await _shop.ChallengeAsync(User.Id);
        var request = await app.RequestAsync();
        for (var left = 4; left >= 0; left--)
        {
            var wrong = await app.AnswerAsync(request, "authenticate", opened["number"], "000001");
            Assert.Equal((422, $"{left}"), (wrong.Status, wrong["triesLeft"]));
        }

        BadInput.AssertProblem(await app.AnswerAsync(request, "authenticate", opened["number"]), 403, "device-locked");
        Assert.Equal("true", (await User.GetAsync("me/devices")).Body!["items"]![0]!["locked"]!.ToString());
        // Who says no needs no PIN.
        Assert.Equal("denied", (await app.AnswerAsync(request, "deny"))["state"]);

        var next = await _shop.ChallengeAsync(User.Id);
        Assert.Equal((201, "code"), (next.Status, next["how"]));
        Assert.Equal("verified", (await _shop.VerifyAsync(next["id"], await new Authenticator(app.Enrollment, app.Secret).CodeAsync()))["state"]);
        using var own = User.Challenges();
        var step = await own.PostAsync("me/challenges", new JsonObject());
        var proved = await own.VerifyAsync(step["id"], await new Authenticator(app.Enrollment, app.Secret).CodeAsync(steps: 1));
        using var anew = new DeviceApp(Laptop.Url) { Pin = "314159" };
        await User.SetUpDeviceAsync(anew, ("Mfa-Assertion", proved["assertion"]));
        var asked = await _shop.ChallengeAsync(User.Id, new JsonObject { ["methodId"] = anew.Id });
        Assert.Equal("verified", (await anew.AnswerAsync(await anew.RequestAsync(), "authenticate", asked["number"]))["state"]);
    }
}
