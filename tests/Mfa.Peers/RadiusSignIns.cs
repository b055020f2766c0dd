using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Peers;

/// <summary>Signing in at a VPN gateway: docs/radius.md, and each way that it says.</summary>
public sealed class RadiusSignIns(Storage storage) : RadiusTest(storage)
{
    [Fact]
    public async Task The_page_ends_in_an_accepted_sign_in()
    {
        using var alice = await Laptop.SignInAsync("alice");
        await alice.SetUpAsync(Phone);
        var terminal = Radius.Terminal.With(("http://127.0.0.1:7072", Laptop.Network), ("31612345678", Phone.Number[1..]));
        var page = HowTo.Read("docs/radius.md");
        await page.FollowAsync("Try it", terminal);
        await page.FollowAsync("Take it away", terminal);
    }

    [Fact]
    public async Task The_code_of_a_text_is_typed_and_a_wrong_one_may_be_typed_again()
    {
        await User.SetUpAsync(Phone);
        var asked = await ChallengedAsync(Password, "Type the code that was sent to +31");
        var texted = await Phone.CodeAsync();
        Assert.DoesNotContain(texted, asked.Text, StringComparison.Ordinal);
        var again = await ChallengedAsync(texted == "123456" ? "123457" : "123456", "That code is wrong. Type the code", asked);
        await EndsAsync("Access-Accept", texted, again);
        // Of what is over, nothing is left.
        foreach (var state in new[] { asked, again })
        {
            Assert.Equal("This sign-in is over. Begin again.", (await EndsAsync("Access-Reject", texted, state)).Message);
        }
    }

    [Fact]
    public async Task A_reply_by_text_verifies_too()
    {
        await User.SetUpAsync(Phone);
        var asked = await ChallengedAsync(Password, "Type the code that was sent");
        var waiting = await ChallengedAsync("ok", "Type the code that was sent", asked);
        await Phone.TextAsync(Laptop.Sender, await Phone.CodeAsync());
        await AcceptedAsync(waiting);
    }

    [Fact]
    public async Task A_phone_is_called_in_the_place_of_a_text_and_pound_verifies()
    {
        await User.SetUpAsync(Phone);
        var asked = await ChallengedAsync(Password, "or call to be called");
        var called = await ChallengedAsync("Call", "Answer your phone (+31", asked);
        var early = await ChallengedAsync("ok", "Answer your phone", called);
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("#");
        await AcceptedAsync(early);
    }

    [Fact]
    public async Task The_number_to_match_stands_in_the_challenge()
    {
        using var device = new DeviceApp(Laptop.Url);
        await User.SetUpDeviceAsync(device);
        var asked = await ChallengedAsync(Password, "in the authenticator on your phone and select Authenticate");
        var number = Regex.Match(asked.Message, "Type ([0-9]{2}) in").Groups[1].Value;
        var item = await device.RequestAsync();
        Assert.Equal("VPN", item["application"]!.ToString());
        Assert.Equal(200, (await device.AnswerAsync(item, "authenticate", number)).Status);
        await EndsAsync("Access-Accept", "ok", asked);

        var denied = await ChallengedAsync(Password, "in the authenticator");
        Assert.Equal(200, (await device.AnswerAsync(await device.RequestAsync(), "deny")).Status);
        Assert.Contains("denied", (await EndsAsync("Access-Reject", "ok", denied)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_behind_the_password_is_checked_once_and_contacts_nobody()
    {
        var (app, _) = await User.SetUpAppAsync();
        var code = await app.CodeAsync(1);
        Wire.Forget();
        await EndsAsync("Access-Reject", "wrong" + code);
        Assert.Equal(0, Wire.Count(r => r.Path.StartsWith("/api", StringComparison.Ordinal)));
        await EndsAsync("Access-Accept", Password + code);
        Assert.Equal(["/api/v1/verify"], Wire.Requests.Where(r => r.Path.StartsWith("/api", StringComparison.Ordinal)).Select(r => r.Path));
        await EndsAsync("Access-Reject", Password + code);
    }

    // What a phone did gets there when it gets there: the user says ok again.
    private async Task AcceptedAsync(RadiusAnswer asked)
    {
        var ended = await Handset.UntilAsync(async () => asked = await Radius.AskAsync(Name, "ok", asked.State), answer => answer.Packet != "Access-Challenge", "an end");
        Assert.True(ended.Packet == "Access-Accept", ended.ToString());
    }
}
