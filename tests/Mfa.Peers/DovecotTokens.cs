using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Mfa.Peers;

/// <summary>Dovecot's own token at the backend, and many log-ins at once.</summary>
public sealed class DovecotTokens(Storage storage) : DovecotTest(storage)
{
    private const int AtOnce = 200;
    private const int Workers = 30;

    [Fact]
    public async Task Log_ins_one_after_the_other_take_one_token()
    {
        for (var i = 0; i < 10; i++)
        {
            await AssertAsync("OK");
        }

        Assert.Equal((1, 10), (Asked(Token), Asked(Verify)));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_replaced_within_the_log_in()
    {
        // An issuer whose key the backend does not have.
        var stranger = await Laptop.AddHeadAsync(settings: new()
        {
            ["Local:DataPath"] = Directory.CreateTempSubdirectory("mfa-keys-").FullName,
            ["Storage:TablePrefix"] = "x" + Laptop.Settings["Storage:TablePrefix"],
            ["Local:ClockRuns"] = "false",
        });
        var own = Wire.Target;
        Wire.Decide = asked =>
        {
            Wire.Target = asked.Path == Token ? stranger.Url : own;
            return Task.FromResult(Pass.Through);
        };
        await AssertAsync(MailProgram.Later);
        Assert.Contains(": 401", Dovecot.Log, StringComparison.Ordinal);
        Assert.Equal((2, 2), (Asked(Token), Asked(Verify)));

        // The issuer is the right one again; Dovecot has the bad token still, and hears so from the backend.
        (Wire.Decide, Wire.Target) = (null, own);
        await AssertAsync("OK");
        Assert.Equal((3, 4), (Asked(Token), Asked(Verify)));
        await AssertAsync("OK");
        Assert.Equal((3, 5), (Asked(Token), Asked(Verify)));
    }

    [Fact]
    public async Task A_new_secret_counts_after_a_reload()
    {
        await AssertAsync("OK");
        await Dovecot.SetAsync("\"any\"", "\"n\\xc3\\xa9w & = %\"");
        await Handset.UntilAsync(
            async () =>
            {
                await AssertAsync("OK");
                return Wire.Requests.Last(r => r.Path == Token).Body;
            },
            body => body.Contains("&client_secret=n%C3%A9w%20%26%20%3D%20%25&", StringComparison.Ordinal),
            "the new secret");
    }

    [Theory]
    [InlineData("client_id = ", "nobody = ", "client_id is missing")]
    [InlineData("url = \"http://127.0.0.1", "url = \"http://10.0.0.1", "url is no https:// address")]
    public async Task A_setting_that_is_missing_or_would_show_passwords_to_the_network_is_named_and_lets_nobody_in(string was, string becomes, string says)
    {
        await Dovecot.SetAsync(was, becomes);
        await Handset.UntilAsync(
            async () =>
            {
                using var program = new TcpClient();
                await program.ConnectAsync(IPAddress.Loopback, Dovecot.Port);
                return Dovecot.Log;
            },
            log => log.Contains(says, StringComparison.Ordinal),
            says);
        Assert.Empty(Wire.Requests);
    }

    [Fact]
    public async Task A_backend_that_refuses_a_token_before_it_reads_the_password_is_asked_again_by_the_same_log_in()
    {
        // No wire between: a wire reads everything before it answers.
        var keys = Directory.CreateTempSubdirectory("mfa-other-keys-");
        Wire.Target = (await Laptop.AddHeadAsync(settings: new() { ["Local:DataPath"] = keys.FullName })).Url;
        await Dovecot.SetAsync($"  url = \"{Wire.Url}\"", $"  url = \"{Laptop.Url}\"");
        await Handset.UntilAsync(() => LogInAsync(), said => said.StartsWith(MailProgram.Later, StringComparison.Ordinal), "a refused token");
        Wire.Target = new Uri(Laptop.Url);
        await AssertAsync("OK");
        await AssertAsync("OK");
        keys.Delete(recursive: true);
    }

    [Fact]
    public async Task Two_hundred_at_once_are_each_judged()
    {
        var people = new List<(string Name, string Password)> { (UserName, Password) };
        for (var i = 1; i < 10; i++)
        {
            using var user = await Laptop.SignInAsync();
            var made = await NewUserAsync(user);
            people.Add((made.Name, made.Password));
        }

        // Every fourth is wrong: another user's, or one that nobody has.
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async i =>
        {
            var who = people[i % people.Count];
            var typed = i % 4 != 3 ? who.Password : i % 8 == 3 ? people[(i + 1) % people.Count].Password : $"aaaa bbbb cccc dd{(char)('d' + (i / 8 % 4))}{(char)('d' + (i % 8))}";
            return (Right: i % 4 != 3, Said: await Dovecot.LogInAsync(who.Name, typed));
        }));
        Assert.All(answers, a => Assert.StartsWith(a.Right ? "OK" : MailProgram.Wrong, a.Said, StringComparison.Ordinal));
        Assert.Equal(AtOnce, Asked(Verify));
        Assert.InRange(Asked(Token), 1, Workers);
    }
}
