using Xunit;

namespace Mfa.Peers;

/// <summary>A gateway's sign-ins while the backend is away, slow or refuses, and those that may not go on.</summary>
public sealed class RadiusFaults(Storage storage) : RadiusTest(storage)
{
    private const string Nothing = "nothing";

    [Theory]
    [InlineData("cut")]
    [InlineData("500")]
    [InlineData("lost")]
    [InlineData("token")]
    public async Task While_the_backend_is_away_nothing_is_answered_and_it_goes_on_after_that(string fault)
    {
        await User.SetUpAsync(Phone);
        Wire.Down = fault == "cut";
        Wire.Decide = r => Task.FromResult(fault == "500" || (fault == "token" && r.Path.StartsWith("/dev/token", StringComparison.Ordinal)) ? Pass.Refuse : Pass.Through);
        Wire.Done = _ => Task.FromResult(fault == "lost" ? Pass.LoseAnswer : Pass.Through);
        Assert.Equal(Nothing, (await Radius.AskAsync(Name, Password, seconds: 3)).Packet);
        // Who types a code is told nothing else: a "no" would have them type another.
        Assert.Equal(Nothing, (await Radius.AskAsync(Name, Password + "123456", seconds: 3)).Packet);
        // The wrong password is the directory's affair.
        await EndsAsync("Access-Reject", "wrong");
        Assert.Contains("The service gave no answer that counts", Radius.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Name, Radius.Log, StringComparison.Ordinal);

        (Wire.Down, Wire.Decide, Wire.Done) = (false, null, null);
        var answer = await Radius.AskAsync(Name, Password);
        // What was lost may have been done: then a text went out, and the next has to wait.
        Assert.True(answer.Packet == "Access-Challenge" || (fault == "lost" && answer.Message.StartsWith("Too soon", StringComparison.Ordinal)), answer.ToString());
    }

    [Fact]
    public async Task Away_in_the_middle_the_user_is_asked_once_more_and_the_challenge_goes_on()
    {
        await User.SetUpAsync(Phone);
        var asked = await ChallengedAsync(Password, "Type the code");
        var code = await Phone.CodeAsync();
        Wire.Down = true;
        var away = await ChallengedAsync(code, "does not answer. Try once more", asked);
        var still = await ChallengedAsync("call", "does not answer. Try once more", away);
        Wire.Down = false;
        await EndsAsync("Access-Accept", code, still);
    }

    [Fact]
    public async Task A_token_is_taken_once_and_one_that_counts_no_more_is_replaced()
    {
        await User.SetUpAppAsync();
        await ChallengedAsync(Password, "Type the code that your authenticator shows");
        await ChallengedAsync(Password, "Type the code that your authenticator shows");
        Assert.Equal(1, Wire.Count(IsToken));
        // The keys of another issuer, and of another service: there nobody is known, and no challenge.
        var keys = Directory.CreateTempSubdirectory("mfa-other-keys-");
        var asked = await ChallengedAsync(Password, "Type the code");
        Wire.Target = (await Laptop.AddHeadAsync(settings: new() { ["Local:DataPath"] = keys.FullName })).Url;
        Assert.StartsWith("Set up two-step", (await EndsAsync("Access-Reject", Password)).Message, StringComparison.Ordinal);
        Assert.Equal(2, Wire.Count(IsToken));
        // Back again, in the middle of a challenge.
        Wire.Target = new Uri(Laptop.Url);
        await ChallengedAsync("ok", "Type the code that your authenticator shows", asked);
        Assert.Equal(3, Wire.Count(IsToken));
        keys.Delete(recursive: true);

        static bool IsToken(Tapped request) => request.Path.StartsWith("/dev/token", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_has_set_nothing_up_reads_where_and_one_who_need_not_is_let_in()
    {
        Assert.Equal("Set up two-step verification first: https://contoso.example/mfa", (await EndsAsync("Access-Reject", Password)).Message);
        Assert.Equal("Set up two-step verification first: https://contoso.example/mfa", (await EndsAsync("Access-Reject", Password, name: "nobody")).Message);
        using var carol = await Laptop.SignInAsync("carol");
        await EndsAsync("Access-Accept", Password, name: "carol");
        using var admin = await Admin.SignInAsync(Laptop);
        await User.SetUpAsync(Phone);
        Assert.Equal(200, (await admin.PostAsync($"admin/users/{User.Id}/block")).Status);
        await EndsAsync("Access-Reject", Password);
    }

    [Fact]
    public async Task A_number_that_was_just_texted_is_told_so_and_five_wrong_codes_are_the_end()
    {
        await User.SetUpAsync(Phone);
        var asked = await ChallengedAsync(Password, "Type the code");
        Assert.StartsWith("Too soon, or today", (await EndsAsync("Access-Reject", Password)).Message, StringComparison.Ordinal);
        var code = await Phone.CodeAsync();
        for (var i = 1; i < 5; i++)
        {
            asked = await ChallengedAsync(code == $"00000{i}" ? "000009" : $"00000{i}", "That code is wrong", asked);
        }

        Assert.Contains("failed", (await EndsAsync("Access-Reject", code == "000006" ? "000007" : "000006", asked)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_ten_wrong_codes_in_a_row_the_right_one_has_to_wait()
    {
        var (app, _) = await User.SetUpAppAsync();
        for (var i = 0; i < 10; i++)
        {
            await EndsAsync("Access-Reject", $"{Password}99999{i}");
        }

        var last = "";
        Wire.Answered = (_, body) => last = body;
        await EndsAsync("Access-Reject", Password + await app.CodeAsync(1));
        Assert.Contains("\"code\":\"too-many-failures\"", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_that_is_over_is_over()
    {
        await User.SetUpAsync(Phone);
        var asked = await ChallengedAsync(Password, "Type the code");
        using var stranger = await Laptop.SignInAsync();
        await NameAsync(stranger);
        var taken = await Radius.AskAsync(stranger.Id, await Phone.CodeAsync(), asked.State);
        Assert.Equal("Access-Reject", taken.Packet);
        Assert.Equal("This sign-in is over. Begin again.", (await EndsAsync("Access-Reject", await Phone.CodeAsync(), asked)).Message);
        Assert.Equal("Access-Reject", (await Radius.AskAsync(Name, "ok", "0x00112233445566778899aabbccddeeff")).Packet);
    }

    [Fact]
    public async Task Of_two_answers_to_one_challenge_at_once_one_counts()
    {
        await User.SetUpAsync(Phone);
        var asked = await ChallengedAsync(Password, "Type the code");
        var code = await Phone.CodeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Radius.AskAsync(Name, code, asked.State)));
        Assert.Single(answers, a => a.Packet == "Access-Accept");
        Assert.Equal(3, answers.Count(a => a is { Packet: "Access-Reject", Message: "This sign-in is over. Begin again." }));
    }
}
