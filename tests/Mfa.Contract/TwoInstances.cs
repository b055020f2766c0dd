using Xunit;

namespace Mfa.Contract;

/// <summary>Two heads on one storage, behind one address.</summary>
public sealed class TwoInstances(Storage storage)
{
    [Theory]
    [InlineData("text")]
    [InlineData("reply")]
    [InlineData("call")]
    [InlineData("ringing")]
    [InlineData("code")]
    public async Task What_one_started_the_other_finishes_when_the_first_is_killed(string way)
    {
        await using var balancer = await Tap.StartAsync("http://127.0.0.1:9");
        await using var laptop = await Laptop.WithoutHeadAsync(storage, new()
        {
            ["Service:PublicUrl"] = balancer.Url,
            ["Policy:CallLease"] = "00:00:01",
            ["Policy:Silence"] = "00:00:20",
            ["Local:LooksEvery"] = "00:00:02",
            ["Local:ClockHold"] = "00:00:01",
        });
        await using var first = new HeadProcess(laptop.Settings);
        await using var second = new HeadProcess(laptop.Settings);
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        balancer.Target = new Uri(first.Url);
        laptop.SendTextEventsTo(balancer.Url);
        using var user = (await laptop.SignInAsync(first)).At(balancer.Url);
        var phone = laptop.NewPhone();
        var enrollment = way == "code" ? await user.EnrollAppAsync() : await user.EnrollPhoneAsync(phone.Number, way is "call" or "ringing" ? "call" : "text");
        Assert.Equal(202, (await user.ContactAsync(enrollment["id"])).Status);
        if (way == "call")
        {
            await phone.AnswerAsync();
            await phone.SaysAsync("press the pound key");
        }

        first.Kill();
        balancer.Target = new Uri(second.Url);

        switch (way)
        {
            case "text":
                await user.VerifyAsync(enrollment["id"], await phone.CodeAsync());
                break;
            case "reply":
                await phone.TextAsync(Laptop.Sender, await phone.CodeAsync());
                break;
            case "code":
                await user.VerifyAsync(enrollment["id"], await LaptopTest.AuthenticatorAsync(enrollment));
                break;
            case "ringing":
                await phone.AnswerAsync();
                await phone.SaysAsync("press the pound key");
                await phone.PressAsync("#");
                break;
            default:
                await phone.PressAsync("#");
                break;
        }

        var verified = await user.WaitForVerificationAsync(enrollment["id"], "verified");
        Assert.Equal("verified", verified["state"]);
        await phone.EndsAsync();
    }
}
