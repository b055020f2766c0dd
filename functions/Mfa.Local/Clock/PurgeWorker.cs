using Mfa.Web;

namespace Mfa.Local;

/// <summary>Has what is over forgotten, at start and every hour.</summary>
public sealed class PurgeWorker(Purge purge, TimeProvider time, ILogger<PurgeWorker> log) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    private readonly Outage _storage = new("Storage", log);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        try
        {
            do
            {
                await RunAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The head ends; what is left is forgotten by the next run.
        }
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await purge.RunAsync(cancel);
            _storage.End();
        }
        catch (Exception e) when (Outage.Is(e, cancel))
        {
            _storage.Begin(e);
        }
    }
}
