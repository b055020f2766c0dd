using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Peers;

/// <summary>Debian's FreeRADIUS, set up by docs/radius.md in a folder and at a port of its own.</summary>
public sealed partial class FreeRadius : IAsyncDisposable
{
    /// <summary>The secret of the page's client.</summary>
    public const string Secret = "a-long-random-secret";

    private const string Usual = "/etc/freeradius/3.0";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mfa-radius-");
    private Daemon? _server;

    private FreeRadius(int port, string backend)
    {
        Port = port;
        Terminal = new(
            new Dictionary<string, string>
            {
                [Usual] = _folder.FullName,
                ["127.0.0.1:1812"] = $"127.0.0.1:{port}",
                ["http://127.0.0.1:7071"] = backend,
            },
            $$"""freeradius() { command freeradius -d {{_folder.FullName}} "$@"; }""");
    }

    /// <summary>Its UDP port.</summary>
    public int Port { get; }

    /// <summary>Where its page is followed.</summary>
    public HowToTerminal Terminal { get; }

    /// <summary>All that it logged.</summary>
    public string Log => _server?.Said + (File.Exists(Path.Combine(_folder.FullName, "mfa.log")) ? File.ReadAllText(Path.Combine(_folder.FullName, "mfa.log")) : "");

    /// <summary>Sets one up and starts it.</summary>
    /// <param name="backend">The backend's address.</param>
    /// <param name="more">What is done beside the page.</param>
    public static async Task<FreeRadius> StartAsync(string backend, Func<HowToTerminal, Task>? more = null)
    {
        var server = new FreeRadius(FreePorts.Take(1), backend);
        await server.SetUpAsync([("mfa_url", backend), ("mfa_token_url", $"{backend}/dev/token")], more);
        return server;
    }

    /// <summary>What a client is answered.</summary>
    /// <param name="user">The name.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="state">Of the challenge that it answers.</param>
    /// <param name="seconds">How long it waits.</param>
    /// <param name="from">The client's address.</param>
    public async Task<RadiusAnswer> AskAsync(string user, string password, string? state = null, int seconds = 10, string from = "127.0.0.1")
    {
        using var client = Process.Start(new ProcessStartInfo("radclient", ["-x", "-r", "1", "-t", $"{seconds}", $"127.0.0.1:{Port}", "auth", Secret])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await client.StandardInput.WriteAsync($"User-Name = \"{Quoted(user)}\"\nUser-Password = \"{Quoted(password)}\"\nMessage-Authenticator = 0x00\nPacket-Src-IP-Address = {from}\n{(state is null ? "" : $"State = {state}\n")}");
        client.StandardInput.Close();
        var said = await Task.WhenAll(client.StandardOutput.ReadToEndAsync(), client.StandardError.ReadToEndAsync());
        await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        var received = said[0][Math.Max(said[0].IndexOf("Received ", StringComparison.Ordinal), 0)..];
        return new(
            Packet().Match(received) is { Success: true } packet ? packet.Groups[1].Value : "nothing",
            Message().Match(received).Groups[1].Value,
            State().Match(received) is { Success: true } kept ? kept.Groups[1].Value : null,
            $"{said[0]}{said[1]}{Log}");

        static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    /// <summary>Sends a right password for each of many users, and waits for all answers: each an Access-Accept or a challenge.</summary>
    /// <exception cref="InvalidOperationException">One was not answered, or refused.</exception>
    public async Task SendAsync(IEnumerable<string> users, int atOnce)
    {
        var file = Path.Combine(_folder.FullName, "many");
        await File.WriteAllTextAsync(file, string.Concat(users.Select(user => $"User-Name = \"{user}\"\nUser-Password = \"demo\"\nMessage-Authenticator = 0x00\n\n")));
        var said = await Tool.RunAsync("bash", "-c", $"radclient -s -p {atOnce} -t 20 -r 1 -f {file} 127.0.0.1:{Port} auth {Secret} || true");
        if (!Lost().IsMatch(said))
        {
            throw new InvalidOperationException(said);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task SetUpAsync((string Name, string Value)[] settings, Func<HowToTerminal, Task>? more)
    {
        // What is Debian's, which only its owner may read, in a folder of this test's.
        await Tool.RunAsync("bash", "-c", $"""
            {(Environment.IsPrivilegedProcess ? "" : "sudo -n ")}cp -rdT {Usual} {_folder.FullName}
            {(Environment.IsPrivilegedProcess ? "" : $"sudo -n chown -R {Daemon.User} {_folder.FullName}")}
            sed -i 's|^raddbdir = .*|raddbdir = {_folder.FullName}|; s|^logdir = .*|logdir = {_folder.FullName}|; s|^run_dir = .*|run_dir = {_folder.FullName}|; /^\s*\(user\|group\) = freerad/d' {_folder.FullName}/radiusd.conf
            """);
        var page = HowTo.Read("docs/radius.md");
        await page.FollowAsync("Install it", Terminal);
        var path = Path.Combine(_folder.FullName, "mods-config/mfa/settings.conf");
        var text = await File.ReadAllTextAsync(path);
        foreach (var (name, value) in settings)
        {
            Assert.Matches($"(?m)^{name} = ", text);
            text = Regex.Replace(text, $"(?m)^{name} = .*$", $"{name} = \"{value}\"");
        }

        await File.WriteAllTextAsync(path, text);
        var site = Path.Combine(_folder.FullName, "sites-available/mfa");
        await File.WriteAllTextAsync(site, (await File.ReadAllTextAsync(site)).Replace("ipaddr = *", "ipaddr = 127.0.0.1", StringComparison.Ordinal).Replace("port = 0", $"port = {Port}", StringComparison.Ordinal));
        await page.FollowAsync("Set it up", Terminal);
        await (more?.Invoke(Terminal) ?? Task.CompletedTask);
        await File.AppendAllTextAsync(Path.Combine(_folder.FullName, "mods-config/files/authorize"), "DEFAULT\tCleartext-Password := \"demo\"\n");
        Daemon.Give(_folder.FullName);
        _server = await Daemon.StartAsync(d => Task.FromResult(d.Said.Contains("Ready to process requests", StringComparison.Ordinal)), "freeradius", "-f", "-d", _folder.FullName, "-l", "stdout");
    }

    [GeneratedRegex(@"^Received (\S+) Id")]
    private static partial Regex Packet();

    [GeneratedRegex("""Reply-Message = "(.*)"\n""")]
    private static partial Regex Message();

    [GeneratedRegex(@"Rejected +: 0\s+Lost +: 0")]
    private static partial Regex Lost();

    [GeneratedRegex(@"\tState = (0x[0-9a-f]+)")]
    private static partial Regex State();
}
