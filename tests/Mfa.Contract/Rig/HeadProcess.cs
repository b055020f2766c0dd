using System.Diagnostics;

namespace Mfa.Contract;

/// <summary>A laptop head as a process of its own, which can be killed at any moment.</summary>
public sealed class HeadProcess : IAsyncDisposable
{
    private readonly ProcessStartInfo _start;
    private Process? _process;

    public HeadProcess(IReadOnlyDictionary<string, string?> settings, int? port = null)
    {
        Url = $"http://127.0.0.1:{port ?? Storage.FreePort()}";
        _start = new("dotnet", [typeof(Local.LocalHead).Assembly.Location])
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
        _start.Environment["DOTNET_TieredPGO"] = "0";
    }

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
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
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
        _process!.Kill();
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
