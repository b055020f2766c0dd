using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mfa.Local;

/// <summary>Azurite as a child of this process. It ends when this process does, however that ends.</summary>
public sealed class AzuriteChild : IAsyncDisposable
{
    private static readonly TimeSpan s_stop = TimeSpan.FromSeconds(5);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _faults = new();

    private AzuriteChild(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>What it said last.</summary>
    public string LastFault => AzuritePackage.LastFault(string.Join('\n', _faults));

    /// <summary>Starts it; whether it answers is seen on its ports.</summary>
    /// <param name="program">The package's program.</param>
    /// <param name="folder">Where its data is.</param>
    /// <param name="ports">Its ports.</param>
    /// <exception cref="StartException">There is no Node.js.</exception>
    public static AzuriteChild Start(string program, string folder, AzuritePorts ports) => new(AzuritePackage.Start("node",
    [
        Path.Combine(AppContext.BaseDirectory, "Azurite", "run-azurite.cjs"), program,
        "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", folder,
        "--blobPort", $"{ports.Blob}", "--queuePort", $"{ports.Queue}", "--tablePort", $"{ports.Table}",
    ]));

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(s_stop);
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
        finally
        {
            _process.Dispose();
        }
    }

    private void Keep(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            _faults.Enqueue(line);
        }

        while (_faults.Count > 10)
        {
            _faults.TryDequeue(out _);
        }
    }
}
