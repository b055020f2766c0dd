using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Mfa.Peers;

/// <summary>A server of somebody else's: in the foreground, as nobody where the tests run as root, ended by its process id.</summary>
public sealed class Daemon : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly Task _listening;

    private Daemon(Process process)
    {
        _process = process;
        _listening = Task.WhenAll(ListenAsync(process.StandardOutput), ListenAsync(process.StandardError));
    }

    /// <summary>Who it runs as.</summary>
    public static string User => Environment.IsPrivilegedProcess ? "nobody" : Environment.UserName;

    /// <summary>The group of that user.</summary>
    public static string Group => Environment.IsPrivilegedProcess ? "nogroup" : Tool("id", "-gn");

    /// <summary>What it said on its terminal.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Gives a folder to whom servers run as.</summary>
    public static void Give(string folder)
    {
        if (Environment.IsPrivilegedProcess)
        {
            Tool("chown", "-R", $"{User}:{Group}", folder);
        }
    }

    /// <summary>Starts one, and waits until it says that it is ready.</summary>
    /// <param name="ready">Whether it is, asked again and again.</param>
    /// <param name="program">The program and its arguments.</param>
    public static async Task<Daemon> StartAsync(Func<Daemon, Task<bool>> ready, params string[] program)
    {
        string[] command = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={User}", $"--regid={Group}", "--clear-groups", .. program] : program;
        var daemon = new Daemon(Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!);
        var began = Stopwatch.StartNew();
        while (!await ready(daemon))
        {
            if (daemon._process.HasExited || began.Elapsed > s_patience)
            {
                await daemon.DisposeAsync();
                Assert.Fail($"{program[0]} did not start:\n{daemon.Said}");
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return daemon;
    }

    /// <summary>Whether something listens at a port of this machine.</summary>
    public static async Task<bool> ListensAsync(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Tool("kill", "-TERM", $"{_process.Id}");
            try
            {
                await _process.WaitForExitAsync().WaitAsync(s_patience);
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await _listening;
        _process.Dispose();
    }

    private static string Tool(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private async Task ListenAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_said)
            {
                _said.AppendLine(line);
            }
        }
    }
}
