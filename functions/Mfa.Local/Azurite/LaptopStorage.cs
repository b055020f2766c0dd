namespace Mfa.Local;

/// <summary>
/// The storage of a laptop: an Azurite that already listens, or one of our own, which is started again when it ends. Where several
/// heads use one Azurite and its owner goes, another head starts it.
/// </summary>
public sealed class LaptopStorage : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(60);

    private readonly AzuritePorts _ports;
    private readonly string _folder;
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;
    private AzuriteChild? _child;

    private LaptopStorage(AzuritePorts ports, string folder) => (_ports, _folder) = (ports, folder);

    /// <summary>Storage that answers.</summary>
    /// <param name="ports">Azurite's ports.</param>
    /// <param name="folder">Where an Azurite of our own keeps its data.</param>
    /// <param name="say">Takes a line for whoever waits.</param>
    /// <param name="cancel">Stops the waiting, and ends what was started.</param>
    /// <exception cref="StartException">It can't be started.</exception>
    public static async Task<LaptopStorage> StartAsync(AzuritePorts ports, string folder, Action<string> say, CancellationToken cancel)
    {
        var storage = new LaptopStorage(ports, Path.GetFullPath(folder));
        try
        {
            await storage.EnsureAsync(say, cancel);
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }

        storage._watching = storage.WatchAsync(say);
        return storage;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        if (_child is not null)
        {
            await _child.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task EnsureAsync(Action<string> say, CancellationToken cancel)
    {
        if (await _ports.AnswerAsync(cancel))
        {
            return;
        }

        if (_ports.Taken() is { } port)
        {
            throw new StartException($"Port {port} is taken by a program that is not Azurite. Stop it, or set Local__AzuritePort or Storage__ConnectionString.");
        }

        var program = AzuritePackage.Remembered(_folder);
        say(program is null ? "Starting Azurite (downloads it the first time) …" : "Starting Azurite …");
        program ??= await AzuritePackage.FindAsync(_folder, cancel);
        _child = AzuriteChild.Start(program, _folder, _ports);
        await AnsweringAsync(_child, cancel);
    }

    private async Task AnsweringAsync(AzuriteChild child, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_start);
        try
        {
            while (!await _ports.AnswerAsync(limit.Token))
            {
                // One that ended because another head's came first is no fault: that one answers in a moment.
                if (child.HasEnded && !await _ports.AnswerAsync(limit.Token) && _ports.Taken() is null)
                {
                    throw new StartException($"Azurite did not start: {child.LastFault}");
                }

                await Task.Delay(s_pause, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new StartException($"Azurite did not answer within {s_start.TotalSeconds:0} seconds: {child.LastFault}");
        }
    }

    private async Task WatchAsync(Action<string> say)
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_look, _stop.Token);
                if (_child is not { HasEnded: false } && !await _ports.AnswerAsync(_stop.Token))
                {
                    await RestartAsync(say);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The head ends.
        }
    }

    private async Task RestartAsync(Action<string> say)
    {
        if (_child is not null)
        {
            await _child.DisposeAsync();
            _child = null;
        }

        try
        {
            await EnsureAsync(say, _stop.Token);
        }
        catch (StartException e)
        {
            say(e.Message);
        }
    }
}
