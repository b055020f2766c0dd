using Azure.Storage.Queues;
using Mfa.Web;

namespace Mfa.Local.Tests;

public sealed class OutageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_clock_outlives_its_storage_and_says_so_once()
    {
        using var folder = new TemporaryFolder();
        var ports = new AzuritePorts(FreePorts.Take(3));
        var storage = LaptopStorage.Start(ports, folder.Path, _ => { });
        await storage.Ready;
        using var clock = new QueueClock(ports.ConnectionString, "clock", ClockPace.Usual, TimeProvider.System);
        await clock.CreateAsync(Cancel);
        await clock.StartAsync("v-1", DateTimeOffset.UtcNow.AddSeconds(3), Cancel);
        var log = new Lines();
        var looks = 0;
        using var worker = new ClockWorker(clock, Look, ClockPace.Usual, TimeProvider.System, log.For<ClockWorker>());
        await worker.StartAsync(Cancel);

        await storage.DisposeAsync();
        await Until.True(() => log.Warnings.Count > 0, "a warning");
        await Assert.ThrowsAnyAsync<Exception>(() => clock.StartAsync("v-2", DateTimeOffset.UtcNow, Cancel));
        await using var again = LaptopStorage.Start(ports, folder.Path, _ => { });
        await again.Ready;

        await Until.True(() => Volatile.Read(ref looks) > 0, "a look at what was kept", 60);
        var queue = new QueueClient(ports.ConnectionString, "clock");
        await Until.True(async () => (await queue.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount == 0, "an empty queue", 60);
        await worker.StopAsync(Cancel);
        Assert.Single(log.Warnings);
        Assert.Contains("is back", log.Text, StringComparison.Ordinal);

        Task<Advanced> Look(string id, CancellationToken cancel)
        {
            Interlocked.Increment(ref looks);
            return Task.FromResult(new Advanced(Found: true, WakeAt: null));
        }
    }
}
