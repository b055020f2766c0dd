using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Xunit;

namespace Mfa.Contract;

/// <summary>
/// Two heads on one storage behind a wire that delays three requests in ten by up to 80 ms, so that they overtake each other. The
/// delays come from a seed, which each failure names and <c>MFA_STORM_SEED</c> sets.
/// </summary>
public abstract class StormTest(Storage storage) : LaptopTest(storage)
{
    // The same each time, so that a failure can be repeated.
    private const int UsualSeed = 20261124;

    private static readonly SocketsHttpHandler s_connections = new();

    private static readonly int s_seed =
        int.TryParse(Environment.GetEnvironmentVariable("MFA_STORM_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : UsualSeed;

    private readonly Random _chance = new(s_seed);
    private readonly Lock _one = new();
    private string _second = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _second = (await Laptop.AddHeadAsync()).Url.ToString().TrimEnd('/');
        Laptop.Tables.Decide = DelayAsync;
    }

    private async Task<Pass> DelayAsync(Tapped request)
    {
        int delay;
        lock (_one)
        {
            delay = _chance.Next(10) < 3 ? _chance.Next(81) : 0;
        }

        if (delay > 0)
        {
            await Task.Delay(delay);
        }

        return Pass.Through;
    }

    /// <summary>Sends as many at once, of the user before each head in turn.</summary>
    protected async Task<Reply[]> AtOnceAsync(int many, Func<Person, int, Task<Reply>> send)
    {
        using var there = User.At(_second);
        return await AtOnceAsync([.. Enumerable.Range(0, many)], n => send(n % 2 == 0 ? User : there, n));
    }

    /// <summary>Sends as many at once, as they come.</summary>
    protected static Task<Reply[]> AtOnceAsync(int many, Func<Task<Reply>> send) => AtOnceAsync([.. Enumerable.Range(0, many)], _ => send());

    /// <summary>Sends one for each at once.</summary>
    protected static Task<Reply[]> AtOnceAsync<T>(T[] all, Func<T, Task<Reply>> send) => Task.WhenAll(all.Select(one => Task.Run(() => send(one))));

    /// <summary>Somebody who is about to prove something by a text, before each head in turn.</summary>
    protected async Task<Proving> SomebodyAsync(Driven driven = Driven.Enrollment, Handset? phone = null) =>
        (await Proving.PrepareAsync(driven, Laptop, Laptop.Url, "text", phone, s_connections)).AlsoBefore(_second);

    protected Task<Proving[]> PeopleAsync(Driven driven, int many, Handset? phone = null) =>
        Task.WhenAll(Enumerable.Range(0, many).Select(_ => SomebodyAsync(driven, phone)));

    /// <summary>All were answered so, and none otherwise.</summary>
    protected static void AssertAll(IEnumerable<Reply> answers, params int[] statuses) =>
        Equal("", string.Join(Environment.NewLine, answers.Where(a => !statuses.Contains(a.Status)).GroupBy(a => $"{a.Status} {a.Code}").Select(g => $"{g.Count()} of {g.Key}")));

    protected static void Equal<T>(T expected, T actual) => Assert.True(Equals(expected, actual), $"Expected {expected}, and it was {actual}; MFA_STORM_SEED={s_seed}");

    protected static void Same(IEnumerable<string> expected, IEnumerable<string> actual) => Equal(string.Join(' ', expected), string.Join(' ', actual));

    /// <summary>What the account of an enrollment has used up of its day.</summary>
    protected async Task<int> UsedAsync(string id, string what) => (int?)(await AccountAsync(id))["today"]![what] ?? 0;

    /// <summary>The account of an enrollment, as its row has it.</summary>
    protected async Task<JsonNode> AccountAsync(string id)
    {
        var rows = new TableClient(Laptop.Settings["Storage:ConnectionString"], Laptop.Settings["Storage:TablePrefix"] + "accounts");
        return JsonNode.Parse((await rows.GetEntityAsync<TableEntity>(id[..26], $"account-{id[..26]}")).Value.GetString("Payload"))!;
    }
}
