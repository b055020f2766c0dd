using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>A sign-in that is not proved goes back to Entra as an error, in time: Entra forgets it after five minutes.</summary>
public sealed class ExternalMfaEnds(Storage storage) : IAsyncLifetime
{
    private static readonly TimeSpan s_lives = TimeSpan.FromSeconds(270);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private EntraLaptop _laptop = null!;
    private EntraUser _user = null!;
    private Handset _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _laptop = await EntraLaptop.StartAsync(storage, _time, ("Policy:Silence", null), ("Policy:LateKeys", null));
        (_user, _phone) = await _laptop.WithPhoneAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
    }

    public ValueTask DisposeAsync() => _laptop.DisposeAsync();

    [Fact]
    public async Task Who_calls_it_off_is_denied_at_Entra()
    {
        using var page = await _laptop.OpenAsync(_user);
        await page.SeeAsync();
        Assert.Equal(204, (await page.DeleteAsync(page.Id)).Status);
        await DeniedAsync(page);
        await WorthNothingAsync(page);
    }

    [Fact]
    public async Task Wrong_codes_are_denied_at_Entra()
    {
        using var page = await _laptop.OpenAsync(_user);
        await page.SeeAsync();
        var wrong = Failures.Wrong(await _phone.CodeAsync(2));
        for (var i = 0; i < 5; i++)
        {
            BadInput.AssertProblem(await page.VerifyAsync(page.Id, wrong), 422, "wrong-code");
        }

        await DeniedAsync(page);
    }

    [Fact]
    public async Task Who_reports_a_notification_is_denied_at_Entra()
    {
        var user = EntraUser.New();
        using var device = new DeviceApp(_laptop.Laptop.Url) { Time = _time };
        await (await _laptop.SignInAsync(user)).SetUpDeviceAsync(device);
        using var page = await _laptop.OpenAsync(user);
        await page.SeeAsync();
        Assert.Equal(200, (await device.AnswerAsync(await device.RequestAsync(), "fraud")).Status);
        await DeniedAsync(page);
    }

    [Fact]
    public async Task It_lives_four_and_a_half_minutes_and_nothing_in_it_longer()
    {
        using var page = await _laptop.OpenAsync(_user);
        var opened = await page.SeeAsync();
        var end = DateTimeOffset.Parse(opened["expiresAt"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(end - _time.GetUtcNow(), s_lives - TimeSpan.FromSeconds(1), s_lives);
        _time.Advance(TimeSpan.FromSeconds(260));
        Assert.Equal("open", (await page.SeeAsync())["state"]);
        // What is sent ten seconds before the end counts no longer than it.
        var sent = await page.ContactAsync(page.Id, new() { ["how"] = "text", ["resend"] = true });
        Assert.Equal(202, sent.Status);
        Assert.True(DateTimeOffset.Parse(sent["verification.expiresAt"], System.Globalization.CultureInfo.InvariantCulture) <= end, sent.ToString());
        var code = await _phone.CodeAsync(3);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange((await page.VerifyAsync(page.Id, code)).Status, 400, 499);
        Assert.Equal("expired", (await page.SeeAsync())["state"]);
        await DeniedAsync(page);
    }

    [Fact]
    public async Task A_call_that_is_on_the_line_at_the_end_proves_nothing()
    {
        using var page = await _laptop.OpenAsync(_user);
        await page.SeeAsync();
        _time.Advance(TimeSpan.FromSeconds(240));
        Assert.Equal(202, (await page.ContactAsync(page.Id, new() { ["how"] = "call" })).Status);
        await _phone.AnswerAsync();
        await _phone.SaysAsync("press the pound key");
        _time.Advance(TimeSpan.FromSeconds(30));
        await _phone.PressAsync("#");
        Assert.NotEqual("verified", (await page.WaitForAsync(page.Id, p => p["state"] != "open"))["state"]);
        await DeniedAsync(page);
    }

    [Fact]
    public async Task What_is_proved_at_the_last_moment_is_in_time_at_Entra()
    {
        using var page = await _laptop.OpenAsync(_user);
        await page.SeeAsync();
        _time.Advance(s_lives - TimeSpan.FromSeconds(1));
        var verified = await page.VerifyAsync(page.Id, await _phone.CodeAsync(2));
        Assert.Equal(200, verified.Status);
        _time.Advance(TimeSpan.FromSeconds(20));
        var outcome = await _laptop.BringAsync(await page.SeeAsync());
        Assert.True(outcome.IsSignedIn, outcome.ToString());
    }

    [Fact]
    public async Task A_proof_that_waits_longer_than_Entra_does_is_worth_nothing()
    {
        using var page = await _laptop.OpenAsync(_user);
        await page.SeeAsync();
        var verified = await page.VerifyAsync(page.Id, await _phone.CodeAsync(2));
        var (challenge, answer) = _laptop.Left(verified);
        _time.Advance(FakeEntra.Patience);
        var late = await _laptop.AskAnswerAsync(challenge, answer);
        Assert.Null(late.Text("fields.id_token"));
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("block")]
    public async Task After_an_admins_act_it_proves_nothing(string act)
    {
        using var proved = await _laptop.OpenAsync(_user);
        await proved.SeeAsync();
        var (challenge, answer) = _laptop.Left(await proved.VerifyAsync(proved.Id, await _phone.CodeAsync(2)));
        _time.Advance(TimeSpan.FromMinutes(1));
        using var open = await _laptop.OpenAsync(_user);
        await open.SeeAsync();
        using var admin = await Admin.SignInAsync(_laptop.Laptop, EntraUser.Contoso);
        Assert.Equal(200, (await admin.PostAsync($"admin/users/{_user.Oid}/{act}", new System.Text.Json.Nodes.JsonObject())).Status);
        Assert.Null((await _laptop.AskAnswerAsync(challenge, answer)).Text("fields.id_token"));
        await DeniedAsync(open);
    }

    private async Task DeniedAsync(SignInVisit page)
    {
        var outcome = await _laptop.BringAsync(await page.SeeAsync());
        Assert.Equal(("access_denied", null), (outcome.Error, outcome.Fault));
        Assert.False(outcome.IsSignedIn);
    }

    private async Task WorthNothingAsync(SignInVisit page)
    {
        var (challenge, answer) = _laptop.Left(await page.SeeAsync());
        Assert.Null((await _laptop.AskAnswerAsync(challenge, answer)).Text("fields.id_token"));
    }
}
