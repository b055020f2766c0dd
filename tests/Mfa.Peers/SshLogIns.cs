using System.Diagnostics;
using Xunit;

namespace Mfa.Peers;

/// <summary>SSH with a key and the second step: a server and a client of OpenSSH, and who sits before it.</summary>
public sealed class SshLogIns(Storage storage) : PamTest(storage)
{
    private readonly int _port = FreePorts.Take(1);
    private Process? _server;

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "An SSH server that asks PAM is root's.");
        await base.InitializeAsync();
        foreach (var key in new[] { "host", "user", "other" })
        {
            await Tool.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", $"{Host}/{key}");
        }

        await File.WriteAllTextAsync($"{Host}/sshd_config", $"""
            Include {Host}/sshd_config.d/*.conf
            ListenAddress 127.0.0.1:{_port}
            HostKey {Host}/host
            PidFile none
            AuthorizedKeysFile {Host}/user.pub
            StrictModes no
            PermitRootLogin yes

            """);
        Directory.CreateDirectory("/run/sshd");
        var start = Start("/usr/sbin/sshd", "-D", "-e", "-f", $"{Host}/sshd_config");
        start.RedirectStandardError = true;
        _server = Process.Start(start)!;
        _ = _server.StandardError.ReadToEndAsync();
        await Handset.UntilAsync(() => Daemon.ListensAsync(_port), listens => listens, "an SSH server");
    }

    public override async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            // Not killed: what PAM's wrapper put down it takes away again.
            await Tool.RunAsync("kill", "-TERM", $"{_server.Id}");
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        GC.SuppressFinalize(this);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_key_and_a_code_get_in_and_one_of_the_two_does_not()
    {
        var (app, _) = await User.SetUpAppAsync();
        Assert.Equal("in", (await SshAsync("user", await app.CodeAsync(1))).Printed);
        var (printed, prompts) = await SshAsync("user", "000000");
        Assert.Equal(("", "Code, or Enter to be asked:"), (printed, Assert.Single(prompts)));
        (printed, prompts) = await SshAsync("other", await app.CodeAsync(2));
        Assert.Equal(("", 0), (printed, prompts.Length));
    }

    [Fact]
    public async Task A_key_and_an_agreement_on_the_phone_get_in()
    {
        using var device = new DeviceApp(Laptop.Url);
        await User.SetUpDeviceAsync(device);
        var (printed, prompts) = await SshAsync("user", AgreeAsync, "", "ok");
        Assert.Equal("in", printed);
        Assert.Equal(2, prompts.Length);

        async Task AgreeAsync()
        {
            var prompts = await Handset.UntilAsync(PromptsAsync, seen => seen.Length == 2, "a number");
            Assert.StartsWith("Type ", prompts[1], StringComparison.Ordinal);
            Assert.Equal(200, (await device.AnswerAsync(await device.RequestAsync(), "authenticate", prompts[1].Split(' ')[1])).Status);
        }
    }

    private async Task<string[]> PromptsAsync() => File.Exists($"{Host}/prompts") ? await File.ReadAllLinesAsync($"{Host}/prompts") : [];

    private Task<(string Printed, string[] Prompts)> SshAsync(string key, string code) => SshAsync(key, () => Task.CompletedTask, code);

    // Each prompt takes the next answer; an ok is said when what is to be done is done.
    private async Task<(string Printed, string[] Prompts)> SshAsync(string key, Func<Task> act, params string[] answers)
    {
        await File.WriteAllLinesAsync($"{Host}/answers", answers);
        File.Delete($"{Host}/prompts");
        await File.WriteAllTextAsync($"{Host}/ask", $$"""
            #!/bin/sh
            echo "$1" | sed 's/^([^)]*) //; s/ *$//' >> {{Host}}/prompts
            answer=$(head -1 {{Host}}/answers)
            sed -i 1d {{Host}}/answers
            while [ "$answer" = ok ] && [ ! -e {{Host}}/done ]; do sleep 0.1; done
            echo "$answer"
            """);
        await Tool.RunAsync("chmod", "+x", $"{Host}/ask");
        var start = new ProcessStartInfo("ssh", ["-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "NumberOfPasswordPrompts=1", "-o", "IdentitiesOnly=yes", "-i", $"{Host}/{key}", "-p", $"{_port}", $"{Account}@127.0.0.1", "echo in"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["SSH_ASKPASS"], start.Environment["SSH_ASKPASS_REQUIRE"]) = ($"{Host}/ask", "force");
        using var ssh = Process.Start(start)!;
        var said = Task.WhenAll(ssh.StandardOutput.ReadToEndAsync(), ssh.StandardError.ReadToEndAsync());
        await act();
        await File.WriteAllTextAsync($"{Host}/done", "");
        await ssh.WaitForExitAsync(TestContext.Current.CancellationToken);
        return ((await said)[0].Trim(), await PromptsAsync());
    }
}
