using Xunit;

namespace Mfa.Peers;

/// <summary>sudo's PAM file, asked by pamtester: the password, and then the second step.</summary>
public sealed class SudoSteps(Storage storage) : PamTest(storage)
{
    private const string Right = "host-password";

    [Theory]
    [InlineData("sudo")]
    [InlineData("sudo-i")]
    public async Task The_password_and_then_a_code(string service)
    {
        var (app, _) = await User.SetUpAppAsync();
        using (var wrong = new Terminal(Start("pamtester", service, Account, "authenticate")))
        {
            await wrong.ReadAsync("Password:");
            await wrong.TypeAsync("wrong");
            Assert.DoesNotContain("Code", await wrong.EndsAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("Authentication failure", await SudoAsync(Right, "000000", service), StringComparison.Ordinal);
        Assert.Contains("successfully authenticated", await SudoAsync(Right, await app.CodeAsync(1), service), StringComparison.Ordinal);
        Assert.All(Wire.Requests, r => Assert.DoesNotContain(Right, r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_password_and_then_a_call()
    {
        await User.SetUpAsync(Phone);
        using var sudo = await PasswordAsync(Right);
        await sudo.TypeAsync("call");
        await sudo.ReadAsync("Answer your phone (+31");
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("#");
        await Phone.SaysAsync("You are verified");
        await sudo.TypeAsync("ok");
        Assert.Contains("successfully authenticated", await sudo.EndsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_service_is_away_nobody_gets_in()
    {
        await User.SetUpAppAsync();
        var conf = $"{Host}/pam_radius_auth.conf";
        await File.WriteAllTextAsync(conf, (await File.ReadAllTextAsync(conf)).Replace("\t20\t", "\t2\t", StringComparison.Ordinal));
        Wire.Down = true;
        var away = await SudoAsync(Right, "");
        Assert.DoesNotContain("successfully", away, StringComparison.Ordinal);
        Assert.Contains("cannot retrieve authentication info", away, StringComparison.Ordinal);
        // The page's other choice.
        var file = $"{Host}/pam.d/sudo";
        var strict = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, strict.Replace("to be asked]", "to be asked] localifdown", StringComparison.Ordinal));
        Assert.Contains("successfully", await SudoAsync(Right, ""), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, strict);

        Wire.Down = false;
        using var sudo = await PasswordAsync(Right);
        await sudo.TypeAsync("");
        await sudo.ReadAsync("Type the code that your authenticator shows.");
    }

    [Fact]
    public async Task Taken_away_the_host_is_as_it_was()
    {
        await TakeAwayAsync();
        Assert.Equal(["common-auth", "sshd", "sudo", "sudo-i"], Directory.GetFiles($"{Host}/pam.d").Select(Path.GetFileName).Order());
        foreach (var service in new[] { "sshd", "sudo", "sudo-i" })
        {
            var lines = await File.ReadAllLinesAsync($"{Host}/pam.d/{service}");
            Assert.Equal(("@include", 3), (lines[0].Split(' ')[0], lines.Length));
        }

        Assert.Empty(Directory.GetFiles($"{Host}/sshd_config.d"));
    }

    private async Task<Terminal> PasswordAsync(string password, string service = "sudo")
    {
        var sudo = new Terminal(Start("pamtester", service, Account, "authenticate"));
        await sudo.ReadAsync("Password:");
        await sudo.TypeAsync(password);
        await sudo.ReadAsync("Code, or Enter to be asked:");
        return sudo;
    }

    private async Task<string> SudoAsync(string password, string code, string service = "sudo")
    {
        using var sudo = await PasswordAsync(password, service);
        await sudo.TypeAsync(code);
        return await sudo.EndsAsync();
    }
}
