using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Mfa.Core;
using Mfa.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>
/// Rows that the version before wrote are still read. They stand in OlderRows, as that version left them at noon of 15 January 2026,
/// each user's in one file; settings.json has the keys that they are sealed with, which were made for this.
/// </summary>
public sealed class OlderRows(Storage storage) : LaptopTest(storage)
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "OlderRows");

    // A minute later.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 15, 12, 1, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string> _enrollments = [];

    protected override Dictionary<string, string?> Settings => new(new ConfigurationBuilder().AddJsonFile(Path.Combine(s_folder, "settings.json")).Build().AsEnumerable().Where(s => s.Value is not null))
    {
        ["Local:ClockRuns"] = "false",
    };

    protected override TimeProvider Time => _time;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var file in Directory.GetFiles(s_folder, "*.json").Where(f => !f.EndsWith("settings.json", StringComparison.Ordinal)))
        {
            await InsertAsync(JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsArray());
        }
    }

    [Fact]
    public async Task The_accounts_are_read()
    {
        using var alice = await Laptop.SignInAsync("alice");
        var me = (await alice.GetAsync("me")).Body!;
        Assert.Equal((true, "+1 ••••••••43", 0), ((bool)me["required"]!, me["officePhone"]!.ToString(), me["methods"]!.AsArray().Count));
        foreach (var user in new[] { "older-methods", "older-verified" })
        {
            using var person = await Laptop.SignInAsync(user);
            me = (await person.GetAsync("me")).Body!;
            Assert.Equal("authenticationPhone", Assert.Single(me["methods"]!.AsArray())!["method"]!.ToString());
        }
    }

    [Theory]
    [InlineData("typed")]
    [InlineData("reply")]
    public async Task A_verification_that_runs_is_proved_with_its_code(string way)
    {
        using var user = await Laptop.SignInAsync("older-waiting");
        var (id, code) = (_enrollments["older-waiting"], await CodeAsync("older-waiting"));
        Assert.Equal("waiting", (await user.SeeAsync(id))["verification.state"]);
        if (way == "typed")
        {
            Assert.Equal(422, (await user.VerifyAsync(id, Failures.Wrong(code))).Status);
            Assert.Equal(200, (await user.VerifyAsync(id, code)).Status);
        }
        else
        {
            using var phone = new Handset(Laptop.Network, "+31612345004");
            await phone.TextAsync(Laptop.Sender, code);
        }

        var verified = await user.WaitForVerificationAsync(id, "verified");
        Assert.NotNull(verified.Text("assertion"));
        Assert.Equal(verified["methodId"], Assert.Single((await user.GetAsync("me")).Body!["methods"]!.AsArray())!["id"]!.ToString());
    }

    [Fact]
    public async Task One_that_was_verified_still_is_and_stands_for_a_second_step()
    {
        using var user = await Laptop.SignInAsync("older-verified");
        var (id, code) = (_enrollments["older-verified"], await CodeAsync("older-verified"));
        var seen = await user.SeeAsync(id);
        Assert.Equal(("verified", Assert.Single((await user.GetAsync("me")).Body!["methods"]!.AsArray())!["id"]!.ToString()), (seen["state"], seen["methodId"]));
        Assert.Equal(200, (await user.VerifyAsync(id, code)).Status);
        Assert.Equal(201, (await user.EnrollAppAsync(("Mfa-Assertion", seen["assertion"]))).Status);
    }

    [Fact]
    public async Task Wrong_codes_stay_counted()
    {
        using var seven = await Laptop.SignInAsync("older-seven");
        var id = _enrollments["older-seven"];
        Assert.Equal(202, (await seven.ContactAsync(id)).Status);
        using var phone = new Handset(Laptop.Network, "+31612345003");
        Assert.Equal(422, (await seven.VerifyAsync(id, Failures.Wrong(await phone.CodeAsync()))).Status);
        Assert.Equal(8, await WrongCodesAsync("older-seven", MethodKind.AuthenticationPhone));

        using var methods = await Laptop.SignInAsync("older-methods");
        var app = (await LoadAsync("older-methods")).Latest[MethodKind.MobileApp];
        Assert.Equal(202, (await methods.ContactAsync(app)).Status);
        Assert.Equal(422, (await methods.VerifyAsync(app, "000000")).Status);
        Assert.Equal(4, await WrongCodesAsync("older-methods", MethodKind.MobileApp));
    }

    [Theory]
    [InlineData("alice", "readyToContact", 0)]
    [InlineData("older-seven", "readyToContact", 7)]
    [InlineData("older-waiting", "contacting", 0)]
    public async Task A_new_enrollment_takes_the_place_of_the_old_one_and_forgets_no_wrong_code(string user, string before, int wrongCodes)
    {
        using var person = await Laptop.SignInAsync(user);
        Assert.Equal(before, (await person.SeeAsync(_enrollments[user]))["state"]);
        var opened = await person.EnrollPhoneAsync(Phone.Number);
        Assert.Equal(201, opened.Status);
        Assert.Equal("cancelled", (await person.SeeAsync(_enrollments[user]))["state"]);
        Assert.Equal(wrongCodes, await WrongCodesAsync(user, MethodKind.AuthenticationPhone));

        // From here on it is one like any other.
        Assert.Equal(202, (await person.ContactAsync(opened["id"])).Status);
        Assert.Equal("verified", (await person.VerifyAsync(opened["id"], await Phone.CodeAsync()))["state"]);
        Assert.Equal(0, await WrongCodesAsync(user, MethodKind.AuthenticationPhone));
    }

    [Fact]
    public async Task The_purge_forgets_what_is_to_be_forgotten_and_nothing_else()
    {
        var purge = Laptop.Head.Services.GetRequiredService<Purge>();
        await purge.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(_enrollments.Count + 2, await CountAsync("accounts", "enrollment-"));
        // Seven days after the end, at the latest; the numbers in their own time.
        _time.Advance(TimeSpan.FromDays(7.1));
        for (var run = 0; run < 4; run++)
        {
            await purge.RunAsync(TestContext.Current.CancellationToken);
            _time.Advance(TimeSpan.FromHours(2));
        }

        Assert.Equal((0, 4), (await CountAsync("accounts", "enrollment-"), await CountAsync("numbers", "")));
        _time.Advance(TimeSpan.FromDays(24));
        await purge.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await CountAsync("numbers", ""));
        // What an admin did of the demo's users can be read for ninety days.
        _time.Advance(TimeSpan.FromDays(70));
        await purge.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await CountAsync("purge", ""));

        Assert.Equal(7, await WrongCodesAsync("older-seven", MethodKind.AuthenticationPhone));
        Assert.Equal(3, await WrongCodesAsync("older-methods", MethodKind.MobileApp));
        Assert.Single((await LoadAsync("older-methods")).Methods);
    }

    // What names a version of the account's row there names it here; what was out of date stays out of date.
    private async Task InsertAsync(JsonArray rows)
    {
        var tags = new Dictionary<string, string>();
        foreach (var row in rows.Select(r => r!.AsObject()).OrderBy(r => r["RowKey"]!.ToString().StartsWith("account-", StringComparison.Ordinal) ? 0 : 1))
        {
            var entity = new TableEntity();
            foreach (var (column, value) in row.Where(c => c.Key is not ("table" or "etag")))
            {
                var text = value!.ToString();
                entity[column] = column == "WakeAt" ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : column == "AccountTag" ? tags.GetValueOrDefault(text, text) : text;
            }

            var written = await Table(row["table"]!.ToString()).UpsertEntityAsync(entity, TableUpdateMode.Replace);
            tags[row["etag"]!.ToString()] = written.Headers.ETag!.Value.ToString();
        }

        var account = JsonNode.Parse(rows[0]!["Payload"]!.ToString())!;
        _enrollments[account["user"]!.ToString()] = account["latest"]!["AuthenticationPhone"]!.ToString();
    }

    // The text went out when the rows were written: its code is derived once more.
    private async Task<string> CodeAsync(string user)
    {
        var services = Laptop.Head.Services;
        var holder = (await services.GetRequiredService<HolderRows>().FindAsync(_enrollments[user], default))!.Holder;
        return Seen.Secret(VerificationCode.Derive(services.GetRequiredService<SecretColumns>().Open(holder), holder.Verification!.Id, holder.Verification.Attempt).Reveal());
    }

    private async Task<Account> LoadAsync(string user) => (await Laptop.Head.Services.GetRequiredService<AccountRows>().LoadAsync("contoso", user, default)).Account;

    private async Task<int> WrongCodesAsync(string user, MethodKind kind) => (await LoadAsync(user)).WrongCodes.GetValueOrDefault(kind)?.InARow ?? 0;

    private async Task<int> CountAsync(string table, string prefix)
    {
        var count = 0;
        await foreach (var row in Table(table).QueryAsync<TableEntity>())
        {
            count += row.RowKey.StartsWith(prefix, StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }

    private TableClient Table(string name) => new(Laptop.Settings["Storage:ConnectionString"], Laptop.Settings["Storage:TablePrefix"] + name);
}
