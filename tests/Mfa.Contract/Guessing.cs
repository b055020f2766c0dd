using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>Somebody who has the password and guesses codes, by every route that takes one. What was judged is read in the account's own rows.</summary>
public sealed partial class Guessing(Storage storage) : LaptopTest(storage)
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_blindly = TimeSpan.FromHours(2);

    // Midnight, so that a day is a day.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.Date.AddDays(1));
    private readonly ConcurrentBag<RelyingParty> _parties = [];
    private DeviceApp _app = null!;
    private RelyingParty? _shop;
    private RelyingParty? _blind;
    private Caller? _own;
    private HashSet<string> _right = [];

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    protected override TimeProvider Time => _time;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // A phone, an authenticator that gets notifications and makes codes, recovery codes, an admin's code: all that can be guessed at.
        var phone = await User.SetUpAsync(Phone);
        _app = new(Laptop.Url) { Time = _time };
        var device = await User.SetUpDeviceAsync(_app, ("Mfa-Assertion", phone["assertion"]));
        Assert.Equal(201, (await User.PostAsync("me/recovery-codes", null, ("Mfa-Assertion", device["assertion"]))).Status);
        using var admin = await Admin.SignInAsync(Laptop);
        Assert.Equal(201, (await admin.PostAsync($"admin/users/{User.Id}/bypass", new JsonObject { ["minutes"] = 1440 })).Status);
    }

    public override ValueTask DisposeAsync()
    {
        _app?.Dispose();
        foreach (var party in _parties)
        {
            party.Dispose();
        }

        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Two_hundred_challenges_of_ten_relying_parties_are_judged_ten_times_and_no_more()
    {
        var other = await Laptop.AddHeadAsync(Time);
        var opened = new ConcurrentBag<(RelyingParty Party, string Id)>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 10), async (n, _) =>
        {
            // Half of them may not know who exists, and some come to another instance.
            var party = await PartyAsync($"shop{n}", n % 2 == 0);
            var there = n < 8 ? party : Keep(party.At(other.Url.ToString()));
            for (var i = 0; i < 20; i++)
            {
                var challenge = await there.ChallengeAsync(User.Id, new() { ["contact"] = false });
                Assert.Equal(201, challenge.Status);
                opened.Add((there, challenge["id"]));
            }
        });
        Assert.Equal(200, opened.Count);
        BadInput.AssertProblem(await (await PartyAsync("shop", false)).ChallengeAsync(User.Id, new() { ["contact"] = false }), 429, "challenges-limit");

        var right = AppCodes().ToHashSet();
        // A hash of what has a paper's form takes its time: some of them are enough.
        foreach (var (form, challenges) in new[] { ("digits", opened.ToArray()), ("AAAAA-AAAAA-AAA", [.. opened.Take(24)]), ("AAAA-AAAA", [.. opened.Take(24)]) })
        {
            await Parallel.ForEachAsync(challenges, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (challenge, _) =>
            {
                var answer = await challenge.Party.VerifyAsync(challenge.Id, form == "digits" ? Wrong(right) : form);
                // So many at once, before two instances, may be told to come again: nothing was judged.
                Assert.True(answer.Status is 422 or 429 or 410 or 503, answer.ToString());
            });
        }

        var account = await AccountAsync();
        Assert.Equal((10, 10, 10), (account.WrongCodes[Core.MethodKind.MobileApp].InARow, account.RecoveryCodes!.Wrong!.InARow, account.Bypass!.Wrong!.InARow));
        Assert.Equal([10, 10, 10], (await JudgedAsync()).Values);
    }

    [Fact]
    public async Task In_a_day_of_every_route_at_every_chance_some_forty_of_each_kind_are_judged()
    {
        Func<Task<TimeSpan?>>[] routes =
        [
            Typing(() => _shop!, ShopAsync), Typing(() => _own!, () => _own!.PostAsync("me/challenges", new JsonObject { ["contact"] = false })), Typing(() => _blind!, () => _blind!.ChallengeAsync(User.Id, new() { ["contact"] = false })),
            () => AtOnceAsync(_shop!, () => Wrong(_right)), () => AtOnceAsync(_shop!, () => "AAAAA-AAAAA-AAA"), () => AtOnceAsync(_shop!, () => "AAAA-AAAA"),
            ReplyAsync,
        ];
        var end = _time.GetUtcNow() + s_day;
        var next = routes.ToDictionary(r => r, _ => _time.GetUtcNow());
        while (_time.GetUtcNow() < end)
        {
            await SignInAsync();
            foreach (var route in routes.Where(r => next[r] <= _time.GetUtcNow()))
            {
                TimeSpan? wait;
                while ((wait = await route()) is null)
                {
                }

                next[route] = _time.GetUtcNow() + wait.Value;
            }

            _time.SetUtcNow(next.Values.Min() is var soonest && soonest > _time.GetUtcNow() ? soonest : _time.GetUtcNow().AddSeconds(1));
        }

        var judged = await JudgedAsync();
        TestContext.Current.SendDiagnosticMessage("Judged in a day: {0}", string.Join(", ", judged.Select(j => $"{j.Key} {j.Value}")));
        Assert.Equal(["AuthenticationPhone", "Bypass", "MobileApp", "RecoveryCode"], judged.Keys);
        // Ten, then after 30 s, 1 min … 32 min, then one an hour; a bypass is over with its day.
        Assert.All(judged.Values, n => Assert.InRange(n, 1, 10 + 7 + 24));
        Assert.All(new[] { "Bypass", "MobileApp", "RecoveryCode" }, kind => Assert.InRange(judged[kind], 36, 41));
    }

    // Tokens are over before the day is.
    private async Task SignInAsync()
    {
        (_shop, _blind) = (await PartyAsync("shop", false), await PartyAsync("blind", true));
        _own = (await Laptop.SignInAsync(User.Id)).Challenges();
    }

    // A challenge after another, wrong codes in each until it ends: digits alone, which are compared with all that they can be.
    private Func<Task<TimeSpan?>> Typing(Func<Caller> caller, Func<Task<Reply>> open)
    {
        string? id = null;
        return async () =>
        {
            if (id is null)
            {
                var opened = await open();
                if (opened.Status != 201)
                {
                    return Wait(opened);
                }

                id = opened["id"];
            }

            _right = [.. AppCodes(), .. (await Phone.CodedAsync()).Select(t => Digits().Match(t).Value)];
            var answer = await caller().VerifyAsync(id, Wrong(_right));
            id = answer.Status == 410 || answer.Text("triesLeft") == "0" ? null : id;
            // Who may not know is told nothing of waits, and comes back now and then.
            return answer.Status == 429 ? Wait(answer) : caller() == _blind ? s_blindly : null;
        };
    }

    // A text each time that one is to be had.
    private async Task<Reply> ShopAsync()
    {
        var texted = await _shop!.ChallengeAsync(User.Id, new() { ["how"] = "text" });
        return texted.Status == 201 ? texted : await _shop.ChallengeAsync(User.Id, new() { ["contact"] = false });
    }

    private async Task<TimeSpan?> AtOnceAsync(RelyingParty party, Func<string> code)
    {
        var answer = await party.VerifyNowAsync(User.Id, code());
        Assert.NotEqual("true", answer.Text("valid"));
        return answer.Status == 429 ? Wait(answer) : party == _blind ? s_blindly : null;
    }

    // Under a forged sender: nobody's failure, and closed after five.
    private async Task<TimeSpan?> ReplyAsync()
    {
        await Phone.TextAsync(Laptop.Sender, Wrong(_right));
        return TimeSpan.FromMinutes(10);
    }

    private static TimeSpan Wait(Reply refused)
    {
        Assert.Equal(429, refused.Status);
        return refused.Raw.Headers.RetryAfter!.Delta!.Value;
    }

    private async Task<RelyingParty> PartyAsync(string client, bool blind)
    {
        var party = Keep(await RelyingParty.SignInAsync(Laptop.Issuer ?? Laptop.Url, client, roles: blind ? ["mfa.verify", "mfa.verify.blind"] : []));
        return Keep(party.At(Laptop.Url));
    }

    private RelyingParty Keep(RelyingParty party)
    {
        _parties.Add(party);
        return party;
    }

    private IEnumerable<string> AppCodes() =>
        Enumerable.Range(-2, 5).Select(n => new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(_app.Secret)).ComputeTotp(_time.GetUtcNow().UtcDateTime.AddSeconds(30 * n)));

    private static string Wrong(HashSet<string> right)
    {
        string code;
        do
        {
            code = Random.Shared.Next(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
        }
        while (right.Contains(code));

        return code;
    }

    // By what was guessed at.
    private async Task<SortedDictionary<string, int>> JudgedAsync()
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var table = new TableClient(Laptop.Settings["Storage:ConnectionString"], Laptop.Settings["Storage:TablePrefix"] + "accounts");
        var key = (await AccountAsync()).Key;
        await foreach (var row in table.QueryAsync<TableEntity>(r => r.PartitionKey == key && r.RowKey.CompareTo("audit-") > 0 && r.RowKey.CompareTo("audit.") < 0))
        {
            var entry = JsonNode.Parse(row.GetString("Payload"))!;
            // Of what was compared with nothing there is a row as well, which names nothing.
            if (entry["kind"]!.ToString() == nameof(Core.AuditKind.WrongCode) && (entry["method"] ?? entry["by"])?.ToString() is { } what)
            {
                counts[what] = counts.GetValueOrDefault(what) + 1;
            }
        }

        return counts;
    }

    [GeneratedRegex(@"\b[0-9]{6}\b")]
    private static partial Regex Digits();
}
