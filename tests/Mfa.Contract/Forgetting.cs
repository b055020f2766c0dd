using Azure.Data.Tables;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>What is over is forgotten after its time, and nothing that still counts.</summary>
public sealed class Forgetting(Storage storage) : PurgeTest(storage)
{
    [Fact]
    public async Task A_verified_enrollment_is_forgotten_after_a_week_and_its_method_stays()
    {
        var enrollment = await EnrollAppAsync();
        await AfterAsync(TimeSpan.FromDays(6.9));
        Assert.Equal(200, (await SeeAsync(enrollment)).Status);
        await AfterAsync(TimeSpan.FromHours(6));
        Assert.Equal(404, (await SeeAsync(enrollment)).Status);
        Assert.Single((await (await AgainAsync()).GetAsync("me")).Body!["methods"]!.AsArray());
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task One_that_was_never_contacted_is_forgotten_too()
    {
        var enrollment = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        await AfterAsync(TimeSpan.FromDays(7.1));
        Assert.Equal(404, (await SeeAsync(enrollment)).Status);
    }

    [Fact]
    public async Task A_running_one_is_kept_and_comes_to_its_end_without_its_clock()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        await AfterAsync(TimeSpan.FromDays(7));
        using var user = await AgainAsync();
        id = (await user.EnrollPhoneAsync(Handset.NewNumber()))["id"];
        Assert.Equal(202, (await user.ContactAsync(id)).Status);
        // A week later nobody has looked at it, and its clock is lost: it expires, then its number is settled, then it is forgotten.
        await AfterAsync(TimeSpan.FromDays(7.1));
        await AfterAsync(TimeSpan.FromHours(2));
        await AfterAsync(TimeSpan.FromHours(2));
        Assert.Equal(404, (await SeeAsync(id)).Status);
    }

    [Fact]
    public async Task The_inbox_of_a_device_that_is_gone_is_emptied_at_once_and_forgotten_after_a_week_and_that_of_another_stays()
    {
        using var shop = await Laptop.RelyingPartyAsync();
        using var kept = new DeviceApp(Laptop.Url) { Time = Clock };
        using var gone = new DeviceApp(Laptop.Url) { Time = Clock };
        var first = await User.SetUpDeviceAsync(kept);
        await User.SetUpDeviceAsync(gone, ("Mfa-Assertion", first["assertion"]));
        Assert.Equal(201, (await shop.ChallengeAsync(User.Id, new() { ["place"] = "Utrecht" })).Status);
        Assert.Contains("Utrecht", await InboxAsync(gone), StringComparison.Ordinal);
        Assert.Equal(204, (await gone.SendAsync(HttpMethod.Delete, "")).Status);
        Assert.DoesNotContain("Utrecht", await InboxAsync(gone), StringComparison.Ordinal);
        await AfterAsync(TimeSpan.FromDays(6.9));
        BadInput.AssertProblem(await gone.RequestsAsync(), 410, "device-removed");
        await AfterAsync(TimeSpan.FromHours(6));
        BadInput.AssertProblem(await gone.RequestsAsync(), 401, "device-proof");
        Assert.Equal(200, (await kept.RequestsAsync()).Status);
    }

    private async Task<string> InboxAsync(DeviceApp app) =>
        string.Join('\n', (await Table("accounts").GetEntityAsync<TableEntity>(app.Id[..26], $"inbox-{app.Id}")).Value.Select(c => $"{c.Key}={c.Value}"));

    [Fact]
    public async Task Wrong_codes_stay_counted()
    {
        var id = await ContactAsync();
        var wrong = Failures.Wrong(await Phone.CodeAsync());
        for (var i = 0; i < 5; i++)
        {
            await User.VerifyAsync(id, wrong);
        }

        // The clock, which would have settled the number, does not run here.
        await AfterAsync(TimeSpan.FromDays(8));
        await AfterAsync(TimeSpan.FromHours(2));
        Assert.Equal(404, (await SeeAsync(id)).Status);
        using var user = await AgainAsync();
        var next = (await user.EnrollPhoneAsync(Handset.NewNumber()))["id"];
        var row = (await Table("accounts").GetEntityAsync<TableEntity>(next[..26], $"account-{next[..26]}")).Value;
        Assert.Contains("\"failures\":5", row.GetString("Payload"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idempotency_key_that_is_used_again_later_opens_a_new_one()
    {
        var first = await User.EnrollPhoneAsync(Phone.Number, headers: ("Idempotency-Key", "again"));
        await AfterAsync(TimeSpan.FromDays(7.1));
        using var user = await AgainAsync();
        var second = await user.EnrollPhoneAsync(Phone.Number, headers: ("Idempotency-Key", "again"));
        Assert.Equal(201, second.Status);
        Assert.NotEqual(first["createdAt"], second["createdAt"]);
    }

    [Fact]
    public async Task Two_purges_at_once_and_one_that_was_cut_short_do_no_harm()
    {
        var ids = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            using var user = await Laptop.SignInAsync();
            ids.Add((await user.EnrollAppAsync())["id"]);
        }

        Clock.Advance(TimeSpan.FromDays(7.1));
        // The third answer of the purge's storage is lost, and the run ends.
        var seen = 0;
        Laptop.Tables.Done = r => Task.FromResult(r.IsWrite && Interlocked.Increment(ref seen) == 3 ? Pass.LoseAnswer : Pass.Through);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var cut = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            Laptop.Tables.Decide = async _ =>
            {
                await Task.Delay(seen > 6 ? 2000 : 0, TestContext.Current.CancellationToken);
                return Pass.Through;
            };
            await Purge.RunAsync(cut.Token);
        });
        (Laptop.Tables.Done, Laptop.Tables.Decide) = (null, null);
        await Task.WhenAll(Purge.RunAsync(default), Purge.RunAsync(default));
        await AfterAsync(TimeSpan.FromHours(3));
        Assert.Empty(await NotesAsync());
        foreach (var id in ids)
        {
            Assert.False((await Table("accounts").GetEntityIfExistsAsync<TableEntity>(id[..26], $"enrollment-{id}")).HasValue);
        }
    }

    [Fact]
    public async Task One_that_is_contacted_between_the_purges_look_and_its_delete_stays()
    {
        // Two heads whose clocks are six seconds apart, and what has ended is kept for one: the slower head still finds it open.
        var brief = new Dictionary<string, string?> { ["Policy:KeepFor"] = "00:00:01", ["Policy:IdempotencyWithin"] = "00:00:01" };
        var opened = new DateTimeOffset(Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(12), TimeSpan.Zero) - new TimeSpan(0, 10, 2);
        var slow = new FakeTimeProvider(opened);
        var head = await Laptop.AddHeadAsync(slow, brief);
        using var user = await Person.SignInAsync(head.Url.ToString());
        var id = (await user.EnrollPhoneAsync(Phone.Number))["id"];
        slow.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(3));
        Clock.SetUtcNow(slow.GetUtcNow().AddSeconds(6));
        var purging = await Laptop.AddHeadAsync(Clock, brief);

        Task<Reply>? contacted = null;
        Laptop.Tables.Decide = async r =>
        {
            if (contacted is null && r.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                await (contacted = user.ContactAsync(id));
            }

            return Pass.Through;
        };
        await purging.Services.GetRequiredService<Purge>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(202, (await contacted!).Status);
        Assert.Equal("contacting", (await user.SeeAsync(id))["state"]);
        Assert.Equal("verified", (await user.VerifyAsync(id, await Phone.CodeAsync()))["state"]);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_keeps_no_other()
    {
        var bad = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        using var other = await Laptop.SignInAsync();
        var good = (await other.EnrollPhoneAsync(Handset.NewNumber()))["id"];
        var row = (await Table("accounts").GetEntityAsync<TableEntity>(bad[..26], $"enrollment-{bad}")).Value;
        row["Payload"] = "{";
        await Table("accounts").UpdateEntityAsync(row, row.ETag);
        await AfterAsync(TimeSpan.FromDays(8));
        Assert.False((await Table("accounts").GetEntityIfExistsAsync<TableEntity>(good[..26], $"enrollment-{good}")).HasValue);
        // The account of the bad one is looked at again, the good one's number in its time.
        Assert.Equal(bad[..26], Assert.Single(await NotesAsync(), n => !n.StartsWith("number-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_account_is_noted_once_a_day_and_each_enrollment_is_forgotten_in_itsClock()
    {
        var first = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        Clock.Advance(TimeSpan.FromHours(2));
        using var later = await AgainAsync();
        var second = (await later.EnrollAppAsync())["id"];
        Assert.Single(await NotesAsync());
        await AfterAsync(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(50));
        Assert.Equal((404, 200), ((await SeeAsync(first)).Status, (await SeeAsync(second)).Status));
        await AfterAsync(TimeSpan.FromHours(2.5));
        Assert.Equal(404, (await SeeAsync(second)).Status);
    }

    private async Task<List<string>> NotesAsync()
    {
        // The demo's users are noted from the start: what an admin did is copied and forgotten, too.
        var names = Laptop.Head.Services.GetRequiredService<RowNames>();
        var demo = new[] { "alice", "bob", "carol" }.Select(user => names.AccountKey("contoso", user)).ToHashSet();
        var notes = new List<string>();
        await foreach (var note in Table("purge").QueryAsync<TableEntity>())
        {
            if (!demo.Contains(note.RowKey))
            {
                notes.Add(note.RowKey);
            }
        }

        return notes;
    }

    // Tokens live an hour.
    private string _name = "";

    private Task<Person> AgainAsync() => Laptop.SignInAsync(_name);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _name = User.Id;
    }

    private async Task<Reply> SeeAsync(string id)
    {
        using var user = await AgainAsync();
        return await user.SeeAsync(id);
    }

    private async Task<string> EnrollAppAsync()
    {
        var enrollment = await User.EnrollAppAsync();
        await User.ContactAsync(enrollment["id"]);
        Assert.Equal(200, (await User.VerifyAsync(enrollment["id"], await AuthenticatorAsync(enrollment))).Status);
        return enrollment["id"];
    }
}
