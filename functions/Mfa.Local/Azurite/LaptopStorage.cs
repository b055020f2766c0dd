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
    private readonly Action<string> _say;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private AzuriteChild? _child;

    private LaptopStorage(AzuritePorts ports, string folder, Action<string> say)
    {
        (_ports, _folder, _say) = (ports, Path.GetFullPath(folder), say);
        Ready = EnsureAsync();
        _watching = WatchAsync();
    }

    /// <summary>Done when it answers. Fails with a <see cref="StartException"/>.</summary>
    public Task Ready { get; }

    /// <summary>Begins to start it.</summary>
    /// <param name="ports">Azurite's ports.</param>
    /// <param name="folder">Where an Azurite of our own keeps its data.</param>
    /// <param name="say">Takes a line for whoever waits.</param>
    public static LaptopStorage Start(AzuritePorts ports, string folder, Action<string> say) => new(ports, folder, say);

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

    private async Task EnsureAsync()
    {
        if (await _ports.AnswerAsync(_stop.Token))
        {
            return;
        }

        if (_ports.Taken() is { } port)
        {
            throw new StartException($"Port {port} is taken by a program that is not Azurite. Stop it, or set Local__AzuritePort or Storage__ConnectionString.");
        }

        var program = AzuritePackage.Remembered(_folder);
        _say(program is null ? "Starting Azurite (downloads it the first time) …" : "Starting Azurite …");
        program ??= await AzuritePackage.FindAsync(_folder, _stop.Token);
        _child = AzuriteChild.Start(program, _folder, _ports);
        await AnsweringAsync(_child);
    }

    private async Task AnsweringAsync(AzuriteChild child)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(s_start);
        try
        {
            while (!await _ports.AnswerAsync(limit.Token))
            {
                // One that ended because another head's came first is no fault: that one answers in a moment.
                if (child.HasEnded && _ports.Taken() is null)
                {
                    throw new StartException($"Azurite did not start: {child.LastFault}");
                }

                await Task.Delay(s_pause, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            throw new StartException($"Azurite did not answer within {s_start.TotalSeconds:0} seconds: {child.LastFault}");
        }
    }

    private async Task WatchAsync()
    {
        string? said = null;
        await Ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (Ready.IsCompletedSuccessfully && !_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(s_look, _stop.Token);
                if (_child is not { HasEnded: false } && !await _ports.AnswerAsync(_stop.Token))
                {
                    await DropChildAsync();
                    await EnsureAsync();
                    said = null;
                }
            }
            catch (StartException e) when (e.Message == said)
            {
                // It was said before.
            }
            catch (StartException e)
            {
                _say(said = e.Message);
            }
            catch (OperationCanceledException)
            {
                // The head ends.
            }
        }
    }

    private async Task DropChildAsync()
    {
        if (_child is { } child)
        {
            _child = null;
            await child.DisposeAsync();
        }
    }
}
