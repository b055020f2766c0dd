using System.Text.Json.Nodes;
using Mfa.Core;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Contract;

/// <summary>Reset, block, erase and bypass, and what becomes of what the user has open then.</summary>
public sealed class AdminActs(Storage storage) : LaptopTest(storage)
{
    private Person _admin = null!;

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    private string Path => $"admin/users/{User.Id}";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _admin = await Admin.SignInAsync(Laptop);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("block")]
    [InlineData("erase")]
    public async Task A_phone_that_rings_is_hung_up(string act)
    {
        var id = await ContactAsync("call");
        await Phone.RingsAsync();
        await ActAsync(act);
        await Phone.EndsAsync();
        if (act == "erase")
        {
            BadInput.AssertProblem(await User.SeeAsync(id), 404, "not-found");
            return;
        }

        var after = await User.SeeAsync(id);
        Assert.Equal(("cancelled", "cancelled"), (after["state"], after["verification.state"]));
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("block")]
    public async Task What_was_verified_before_gives_no_assertion_any_more_and_the_one_given_counts_for_nothing(string act)
    {
        var (id, assertion) = await EnrollAsync();
        Assert.NotNull((await User.SeeAsync(id)).Text("assertion"));
        // Before the user is told of what the admin does.
        var code = await Phone.CodeAsync();
        await ActAsync(act);
        var seen = await User.SeeAsync(id);
        Assert.Equal(("verified", null), (seen["state"], seen.Text("assertion")));
        var again = await User.VerifyAsync(id, code);
        Assert.Equal((200, null), (again.Status, again.Text("assertion")));
        if (act == "block")
        {
            await _admin.PostAsync(Path + "/unblock");
            BadInput.AssertProblem(await User.EnrollAppAsync(assertion), 401, "second-step-required");
        }
    }

    [Fact]
    public async Task A_reset_takes_all_away_but_what_is_required_and_a_second_one_does_no_harm()
    {
        await _admin.PostAsync(Path + "/require");
        await EnrollAsync();
        Assert.Equal("true", (await _admin.GetAsync(Path))["registered"]);
        foreach (var _ in new[] { 1, 2 })
        {
            var reset = await _admin.PostAsync(Path + "/reset");
            Assert.Equal((200, "true", "false", "false"), (reset.Status, reset["required"], reset["registered"], reset["canSignIn"]));
        }

        Assert.Empty((await User.GetAsync("me")).Body!["methods"]!.AsArray());
        Assert.Equal(2, (await AccountAsync()).Epoch);
        await EnrollAgainAsync();
    }

    [Fact]
    public async Task A_blocked_user_sets_nothing_up_until_an_admin_says_otherwise()
    {
        var open = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        var contacted = (await User.EnrollAppAsync())["id"];
        Assert.Equal(202, (await User.ContactAsync(contacted)).Status);
        Assert.Equal(200, (await _admin.PostAsync(Path + "/block")).Status);
        Assert.Equal((await _admin.GetAsync(Path))["blockedAt"], (await _admin.PostAsync(Path + "/block"))["blockedAt"]);

        BadInput.AssertProblem(await User.EnrollAppAsync(), 403, "blocked");
        BadInput.AssertProblem(await User.ContactAsync(open), 403, "blocked");
        BadInput.AssertProblem(await User.VerifyAsync(open, "123456"), 403, "blocked");
        BadInput.AssertProblem(await User.VerifyAsync(contacted, "123456"), 403, "blocked");
        Assert.Equal(("false", "This account is blocked. Your admin can unblock it."), (await User.GetAsync("me")) is var me ? (me["canSignIn"], me["message"]) : default);
        Assert.Empty(await Phone.TextsAsync());

        foreach (var _ in new[] { 1, 2 })
        {
            Assert.Equal((200, null), (await _admin.PostAsync(Path + "/unblock")) is var free ? (free.Status, free.Text("blockedAt")) : default);
        }

        await EnrollAsync();
    }

    [Fact]
    public async Task An_enrollment_whose_calling_off_was_cut_short_by_a_crash_is_refused_all_the_same()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        await ChangeAccountAsync(a => a.Block(DateTimeOffset.UtcNow));
        BadInput.AssertProblem(await User.ContactAsync(id), 403, "blocked");
        Assert.Empty(await Phone.TextsAsync());
        await _admin.PostAsync(Path + "/block");
        Assert.Equal("cancelled", (await User.SeeAsync(id))["state"]);
    }

    [Fact]
    public async Task Nothing_of_an_erased_user_stays_but_that_they_were_required()
    {
        var name = $"{Person.NewName()}@contoso.example";
        await _admin.SendAsync("PUT", Path, new() { ["userName"] = name, ["displayName"] = "Erasmus", ["email"] = name, ["required"] = true });
        var (id, assertion) = await EnrollAsync();
        var open = (await User.EnrollAppAsync(assertion))["id"];
        Assert.Equal(204, (await _admin.SendAsync(HttpMethod.Delete, Path)).Status);
        Assert.Equal(204, (await _admin.SendAsync(HttpMethod.Delete, Path)).Status);

        Assert.Equal(404, (await User.SeeAsync(id)).Status);
        Assert.Equal(404, (await User.SeeAsync(open)).Status);
        var key = Laptop.Head.Services.GetRequiredService<RowNames>().AccountKey("contoso", User.Id);
        var tables = Laptop.Head.Services.GetRequiredService<Tables>();
        var rows = await tables.Accounts.QueryAsync<Azure.Data.Tables.TableEntity>(r => r.PartitionKey == key).ToListAsync(TestContext.Current.CancellationToken);
        var text = string.Join('\n', rows.SelectMany(r => r.Keys.Select(column => r[column])));
        Assert.All(new[] { Phone.Number, "Erasmus", name, User.Id, "enrollment-" }, personal => Assert.DoesNotContain(personal, text, StringComparison.Ordinal));
        Assert.Null(await Laptop.Head.Services.GetRequiredService<DirectoryRows>().FindAsync("contoso", name, TestContext.Current.CancellationToken));

        var left = await _admin.GetAsync(Path);
        Assert.Equal((200, "true", "false", null), (left.Status, left["required"], left["registered"], left.Text("displayName")));
        Assert.NotNull(left.Text("erasedAt"));
        // The user begins anew, and what was opened since is kept as any other.
        Assert.Equal("verified", (await EnrollAgainAsync())["state"]);
        Assert.Equal(User.Id, (await AccountAsync()).User);
    }

    [Fact]
    public async Task A_bypass_is_shown_once_and_kept_as_a_hash()
    {
        var given = await _admin.PostAsync(Path + "/bypass");
        Assert.Equal(201, given.Status);
        Assert.Matches("^[A-Z2-7]{4}-[A-Z2-7]{4}$", Seen.Secret(given["code"]));
        Assert.Equal(10, (DateTimeOffset.Parse(given["expiresAt"], null) - DateTimeOffset.UtcNow).TotalMinutes, 0.2);
        var kept = (await AccountAsync()).Bypass!;
        var hash = Laptop.Head.Services.GetRequiredService<SlowHash>();
        Assert.Equal((1, hash.Of(PaperCode.Normalize(given["code"], Bypass.Length)!, kept.Form)), (kept.UsesLeft, kept.Hash));

        var longer = await _admin.PostAsync(Path + "/bypass", new JsonObject { ["minutes"] = 1440, ["uses"] = 10 });
        Seen.Secret(longer["code"]);
        Assert.Equal(longer["expiresAt"], (await _admin.GetAsync(Path))["bypassUntil"]);
        Assert.Equal(10, (await AccountAsync()).Bypass!.UsesLeft);
        Assert.DoesNotContain(kept.Hash, (await _admin.GetAsync(Path)).Body!.ToJsonString(), StringComparison.Ordinal);

        await _admin.PostAsync(Path + "/block");
        Assert.Null((await AccountAsync()).Bypass);
        BadInput.AssertProblem(await _admin.PostAsync(Path + "/bypass"), 403, "blocked");
    }

    [Fact]
    public async Task A_proved_office_phone_follows_the_directory()
    {
        await ChangeAccountAsync(a => a with
        {
            OfficePhone = PhoneNumber.FromE164("+14255550143"),
            Methods = [new() { Id = "office", Kind = MethodKind.OfficePhone, How = How.Call, Phone = PhoneNumber.FromE164("+14255550143"), VerifiedAt = DateTimeOffset.UtcNow }],
        });
        var moved = await _admin.SendAsync("PATCH", Path, new() { ["officePhone"] = "+31205550100" });
        Assert.Equal("+31 •••••••00", moved.Body!["methods"]![0]!["phone"]!.ToString());
        Assert.Empty((await _admin.SendAsync("PATCH", Path, new() { ["officePhone"] = null })).Body!["methods"]!.AsArray());
    }

    private async Task<(string Id, (string, string) Assertion)> EnrollAsync()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        await User.ContactAsync(id);
        var verified = await User.VerifyAsync(id, await Phone.CodeAsync());
        Assert.Equal("verified", verified["state"]);
        return (id, ("Mfa-Assertion", verified["assertion"]));
    }

    // By an authenticator: texts to one number have to wait.
    private async Task<Reply> EnrollAgainAsync()
    {
        var app = await User.EnrollAppAsync();
        await User.ContactAsync(app["id"]);
        return await User.VerifyAsync(app["id"], await AuthenticatorAsync(app));
    }

    private async Task ActAsync(string act) =>
        Assert.InRange((act == "erase" ? await _admin.SendAsync(HttpMethod.Delete, Path) : await _admin.PostAsync($"{Path}/{act}")).Status, 200, 204);
}
