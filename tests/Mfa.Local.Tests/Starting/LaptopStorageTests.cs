using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace Mfa.Local.Tests;

public sealed class LaptopStorageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_outlive_the_Azurite_that_held_them()
    {
        using var folder = new TemporaryFolder();
        var ports = new AzuritePorts(FreePorts.Take(3));
        var table = new TableClient(ports.ConnectionString, "kept");
        await using (var first = LaptopStorage.Start(ports, folder.Path, _ => { }))
        {
            await first.Ready;
            await table.CreateAsync(Cancel);
            await table.AddEntityAsync(new TableEntity("p", "r"), Cancel);
        }

        Assert.Null(ports.Taken());
        await using var second = LaptopStorage.Start(ports, folder.Path, _ => { });
        await second.Ready;
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Cancel)).HasValue);
    }

    [Fact]
    public async Task Two_that_start_at_once_share_one_and_the_second_goes_on_when_the_first_leaves()
    {
        using var folder = new TemporaryFolder();
        var ports = new AzuritePorts(FreePorts.Take(3));
        var said = new ConcurrentQueue<string>();
        var first = LaptopStorage.Start(ports, folder["one"], said.Enqueue);
        await using var second = LaptopStorage.Start(ports, folder["two"], said.Enqueue);
        await Task.WhenAll(first.Ready, second.Ready);
        await first.DisposeAsync();
        await Until.True(() => ports.AnswerAsync(Cancel), "storage again");
        Assert.All(said, line => Assert.StartsWith("Starting Azurite", line, StringComparison.Ordinal));
    }
}
