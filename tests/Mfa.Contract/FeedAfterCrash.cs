using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Xunit;

namespace Mfa.Contract;

/// <summary>The tenant's feed, where this process dies between a decision and its copy.</summary>
public sealed class FeedAfterCrash(Storage storage) : PurgeTest(storage)
{
    [Fact]
    public async Task What_a_crash_left_out_of_the_feed_the_purge_copies_and_nothing_twice()
    {
        // Some copies get there.
        var (app, _) = await User.SetUpAppAsync(Clock);
        await Handset.UntilAsync(FedAsync, fed => fed.Count > 0, "a copy");
        // And then none: what a process that dies has not sent is lost.
        Laptop.Tables.Decide = r => Task.FromResult(r.IsWrite && Laptop.IsOfFeed(r) ? Pass.Reject : Pass.Through);
        using var shop = await Laptop.RelyingPartyAsync();
        var opened = await shop.ChallengeAsync(User.Id, new() { ["contact"] = false });
        Assert.Equal(422, (await shop.VerifyAsync(opened["id"], "000000")).Status);
        Assert.Equal("verified", (await shop.VerifyAsync(opened["id"], await app.CodeAsync(steps: 1, at: Clock.GetUtcNow())))["state"]);
        await Handset.UntilAsync(() => Task.FromResult(Laptop.Tables.Requests.Count(r => r.IsWrite && Laptop.IsOfFeed(r))), n => n > 0, "a copy that is lost");
        Laptop.Tables.Decide = null;
        var before = await FedAsync();
        Assert.DoesNotContain("ChallengeEnded", before.Values);

        await AfterAsync(TimeSpan.FromHours(2));
        var after = await FedAsync();
        Assert.Equal(await DecidedAsync(), after.Values.Order().ToList());
        Assert.Subset(after.Keys.ToHashSet(), before.Keys.ToHashSet());
        await AfterAsync(TimeSpan.FromDays(1));
        Assert.Equal(after, await FedAsync());
    }

    // The copies, by their names.
    private async Task<SortedDictionary<string, string>> FedAsync()
    {
        var key = (await AccountAsync()).Key;
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in Table("audit").QueryAsync<TableEntity>())
        {
            if (row.GetString("Account") == key)
            {
                rows.Add(row.RowKey, Kind(row));
            }
        }

        return rows;
    }

    private async Task<List<string>> DecidedAsync()
    {
        var key = (await AccountAsync()).Key;
        var kinds = new List<string>();
        await foreach (var row in Table("accounts").QueryAsync<TableEntity>(r => r.PartitionKey == key && r.RowKey.CompareTo("audit-") > 0 && r.RowKey.CompareTo("audit.") < 0))
        {
            kinds.Add(Kind(row));
        }

        return [.. kinds.Order()];
    }

    private static string Kind(TableEntity row) => JsonNode.Parse(row.GetString("Payload"))!["kind"]!.ToString();
}
