using System.Diagnostics;

namespace Mfa.Contract;

/// <summary>
/// A head as a process of its own, which can be killed at any moment: the laptop's, or the one that the program named by the
/// environment variable MFA_TEST_HEAD starts. That program gets all settings as environment variables and the port as its only
/// argument, and ends when it is killed, with whatever it started.
/// </summary>
public sealed class HeadProcess : IAsyncDisposable
{
    private static readonly string? s_program = Environment.GetEnvironmentVariable("MFA_TEST_HEAD") is { Length: > 0 } program ? program : null;

    private readonly ProcessStartInfo _start;
    private Process? _process;

    public HeadProcess(IReadOnlyDictionary<string, string?> settings, int? port = null)
    {
        var number = port ?? FreePorts.Take(1);
        Url = $"http://127.0.0.1:{number}";
        _start = new(s_program ?? "dotnet", [s_program is null ? typeof(Local.LocalHead).Assembly.Location : $"{number}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in settings)
        {
            _start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _start.Environment["Local__Url"] = Url;
        _start.Environment.TryAdd("Service__PublicUrl", Url);
        _start.Environment["DOTNET_TieredPGO"] = "0";
        // No head may count on the zone of its machine.
        _start.Environment["TZ"] = "Asia/Tokyo";
    }

    /// <summary>Whether it is the laptop's head.</summary>
    public static bool IsLaptop => s_program is null;

    /// <summary>How long something may take that only its clock does after a crash, in seconds.</summary>
    public static int Patience => IsLaptop ? 60 : 180;

    public string Url { get; }

    public int Pid => _process!.Id;

    /// <summary>Its memory, in bytes: the resident set.</summary>
    public long Memory
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts it, and waits until it serves.</summary>
    public async Task<HeadProcess> StartAsync()
    {
        _process = Process.Start(_start)!;
        _process.OutputDataReceived += (_, line) => Seen.Lines.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => Seen.Lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Handset.UntilAsync(
            async () =>
            {
                try
                {
                    return _process.HasExited ? -_process.ExitCode : (int)(await http.GetAsync(Url + "/healthz")).StatusCode;
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException or System.Net.Sockets.SocketException)
                {
                    return 0;
                }
            },
            status => status == 200,
            "head that serves",
            60);
        return this;
    }

    /// <summary>Kills it in the middle of whatever it does.</summary>
    public void Kill()
    {
        _process!.Kill(entireProcessTree: !IsLaptop);
        _process.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            Kill();
        }

        _process?.Dispose();
        return ValueTask.CompletedTask;
    }
}
