using Xunit;

namespace Mfa.Contract;

/// <summary>Two heads on one storage, behind one address.</summary>
public sealed class TwoInstances(Storage storage)
{
    [Theory]
    [InlineData(Driven.Enrollment, "text")]
    [InlineData(Driven.Enrollment, "reply")]
    [InlineData(Driven.Enrollment, "call")]
    [InlineData(Driven.Enrollment, "ringing")]
    [InlineData(Driven.Enrollment, "code")]
    [InlineData(Driven.Challenge, "reply")]
    [InlineData(Driven.Challenge, "ringing")]
    [InlineData(Driven.Challenge, "notification")]
    public async Task What_one_started_the_other_finishes_when_the_first_is_killed(Driven driven, string way)
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
        using var proving = await Proving.PrepareAsync(driven, laptop, balancer.Url, way == "ringing" ? "call" : way);
        var phone = proving.Phone;
        Assert.Equal(proving.Begun, (await proving.BeginAsync()).Status);
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
                await proving.VerifyAsync(await proving.TextedCodeAsync());
                break;
            case "reply":
                await phone.TextAsync(Laptop.Sender, await proving.TextedCodeAsync());
                break;
            case "code":
                await proving.VerifyAsync(await proving.AuthenticatorAsync());
                break;
            case "notification":
                await proving.Device!.AnswerAsync(await proving.Device.RequestAsync(), "authenticate", (await proving.SeeAsync())["number"]);
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

        Assert.Equal("verified", (await proving.Caller.WaitForStateAsync(proving.Id, "verified"))["state"]);
        await phone.EndsAsync();
    }
}
