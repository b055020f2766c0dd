using Xunit;

namespace Mfa.Contract;

/// <summary>From one carrier to the other, in the middle of things: what is under way stays where it is.</summary>
public sealed class Moving(Storage storage)
{
    [Fact]
    public async Task From_ACS_to_Twilio_nothing_is_lost_and_nothing_comes_twice()
    {
        await using var laptop = await Laptop.WithoutHeadAsync(storage, new() { ["Policy:Lease"] = "00:00:02", ["Local:LooksEvery"] = "00:00:01" });
        var port = FreePorts.Take(1);
        var texted = laptop.NewPhone();
        var called = laptop.NewPhone();
        var cut = laptop.NewPhone();
        await using var before = await new HeadProcess(laptop.Settings, port).StartAsync();
        laptop.SendTextEventsTo(before.Url);
        using var user = await laptop.SignInAsync(before);
        using var caller = await laptop.SignInAsync(before);
        using var third = await laptop.SignInAsync(before);
        var text = await ContactAsync(user, texted, "text");
        var code = await texted.CodeAsync();
        var call = await ContactAsync(caller, called, "call");
        await called.RingsAsync();

        // One whose answer nobody got: it was sent, and only ACS can tell.
        var unsure = (await third.EnrollPhoneAsync(cut.Number))["id"];
        laptop.Carrier.Done = _ =>
        {
            before.Kill();
            return Task.FromResult(Pass.LoseAnswer);
        };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => third.ContactAsync(unsure));
        laptop.Carrier.Done = null;
        laptop.Carrier.Forget();

        await using var after = await new HeadProcess(new Dictionary<string, string?>(laptop.Settings) { ["Carrier:Kind"] = "twilio", ["Carrier:Fallback"] = "acs" }, port).StartAsync();
        await texted.TextAsync(Laptop.Sender, code);
        await user.WaitForVerificationAsync(text, "verified");
        await called.AnswerAsync();
        await called.SaysAsync("press the pound key");
        await called.PressAsync("#");
        await caller.WaitForVerificationAsync(call, "verified");
        await third.WaitForVerificationAsync(unsure, "waiting");
        Assert.Equal("verified", (await third.VerifyAsync(unsure, await cut.CodeAsync()))["state"]);
        Assert.Single(await texted.TextsAsync());
        Assert.Single(await cut.TextsAsync());
        Assert.Equal(0, laptop.Carrier.Count(r => r.Path.StartsWith("/2010-04-01/", StringComparison.Ordinal)));

        // What begins now goes the new way.
        using var fourth = await laptop.SignInAsync(after);
        var last = laptop.NewPhone();
        var begun = await ContactAsync(fourth, last, "text");
        await last.TextAsync(Laptop.OtherSender, await last.CodeAsync());
        await fourth.WaitForVerificationAsync(begun, "verified");
        Assert.Equal(1, laptop.Carrier.Count(r => r.Path.EndsWith("/Messages.json", StringComparison.Ordinal)));
    }

    private static async Task<string> ContactAsync(Person user, Handset phone, string how)
    {
        var id = (await user.EnrollPhoneAsync(phone.Number, how))["id"];
        Assert.Equal(202, (await user.ContactAsync(id)).Status);
        return id;
    }
}
