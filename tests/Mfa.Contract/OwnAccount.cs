using System.Text.Json.Nodes;
using Mfa.Core;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Contract;

/// <summary>What a user changes of their own account, and the second step that it takes.</summary>
public sealed class OwnAccount(Storage storage) : LaptopTest(storage)
{
    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    [Fact]
    public async Task Me_tells_the_ways_of_each_method_what_is_locked_and_what_is_left()
    {
        await EnrollPhoneAsync();
        var me = await User.GetAsync("me");
        Assert.Equal(("""["text","call"]""", """["mobileApp"]""", "0", null), (me.Body!["methods"]![0]!["hows"]!.ToJsonString(), me.Body["recommended"]!.ToJsonString(), me["recoveryCodesLeft"], me.Text("lockedUntil")));
        var until = DateTimeOffset.UtcNow.AddHours(1);
        await ChangeAccountAsync(a => a with { PausedUntil = a.PausedUntil.SetItem(MethodKind.AuthenticationPhone, until) });
        var paused = await User.GetAsync("me");
        Assert.Equal(paused["lockedUntil"], paused.Body!["methods"]![0]!["lockedUntil"]!.ToString());
        await ChangeAccountAsync(a => a with
        {
            WrongCodes = a.WrongCodes.SetItem(MethodKind.AuthenticationPhone, new(100, null)),
            PausedUntil = a.PausedUntil.Clear(),
            Methods = a.Methods.Add(new() { Id = "app", Kind = MethodKind.MobileApp, How = How.Code, VerifiedAt = until }),
        });
        var off = await User.GetAsync("me");
        Assert.Equal(("true", null, null), (off.Body!["methods"]![0]!["off"]!.ToString(), off.Body["methods"]![1]!["off"], off.Text("lockedUntil")));
        Assert.Empty(off.Body["recommended"]!.AsArray());
    }

    [Fact]
    public async Task A_language_is_changed_without_a_second_step_and_what_is_preferred_with_one()
    {
        var assertion = await EnrollPhoneAsync();
        var id = (await User.GetAsync("me")).Body!["methods"]![0]!["id"]!.ToString();
        Assert.Equal((200, "nl-NL"), (await PatchAsync(new() { ["culture"] = "nl-nl" })) is var spoken ? (spoken.Status, spoken["culture"]) : default);
        Assert.Null((await PatchAsync(new() { ["culture"] = null })).Text("culture"));
        Assert.Equal(200, (await PatchAsync([])).Status);

        JsonObject call = new() { ["preferred"] = new JsonObject { ["methodId"] = id, ["how"] = "call" } };
        BadInput.AssertProblem(await PatchAsync(call), 401, "second-step-required");
        Assert.Equal((200, "call"), (await PatchAsync(call, assertion)) is var changed ? (changed.Status, changed["preferred.how"]) : default);
        // It is so already.
        Assert.Equal(200, (await PatchAsync(call)).Status);
        // One second step serves this as often as one likes.
        Assert.Equal("text", (await PatchAsync(new() { ["preferred"] = new JsonObject { ["methodId"] = id, ["how"] = "text" } }, assertion))["preferred.how"]);
    }

    [Theory]
    [InlineData("""{"culture":"klingon"}""", "culture")]
    [InlineData("""{"culture":1}""", "culture")]
    [InlineData("""{"preferred":"phone"}""", "preferred")]
    [InlineData("""{"preferred":{}}""", "preferred.methodId")]
    [InlineData("""{"preferred":{"methodId":"x"}}""", "preferred.how")]
    [InlineData("""{"preferred":{"methodId":"x","how":"fax"}}""", "preferred.how")]
    [InlineData("""{"preferred":{"methodId":"x","how":"text"}}""", "preferred.methodId")]
    [InlineData("""{"preferred":{"methodId":"{id}","how":"code"}}""", "preferred.how")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var assertion = await EnrollPhoneAsync();
        var id = (await User.GetAsync("me")).Body!["methods"]![0]!["id"]!.ToString();
        var answer = await PatchAsync((JsonObject)JsonNode.Parse(body.Replace("{id}", id, StringComparison.Ordinal))!, assertion);
        BadInput.AssertProblem(answer, 400, "invalid-request");
        Assert.NotNull(answer.Body!["errors"]![field]);
    }

    [Fact]
    public async Task A_method_is_removed_by_a_second_step_that_serves_once()
    {
        using var admin = await Admin.SignInAsync(Laptop);
        await admin.PostAsync($"admin/users/{User.Id}/require");
        var first = await EnrollPhoneAsync();
        var phone = (await User.GetAsync("me")).Body!["methods"]![0]!["id"]!.ToString();
        BadInput.AssertProblem(await RemoveAsync(phone, first), 409, "last-method");
        var second = await EnrollAppAsync(first);
        BadInput.AssertProblem(await RemoveAsync(phone), 401, "second-step-required");
        BadInput.AssertProblem(await RemoveAsync("nothing", first), 404, "not-found");
        Assert.Equal(204, (await RemoveAsync(phone, first)).Status);
        BadInput.AssertProblem(await RemoveAsync(phone, first), 404, "not-found");

        var me = await User.GetAsync("me");
        var app = me.Body!["methods"]!.AsArray().Single()!["id"]!.ToString();
        Assert.Equal((app, "code"), (me["preferred.methodId"], me["preferred.how"]));
        BadInput.AssertProblem(await CodesAsync(first), 403, "second-step-used");
        // It still opens another enrollment.
        Assert.Equal(201, (await User.EnrollAppAsync(first)).Status);
        Assert.Equal(201, (await CodesAsync(second)).Status);
        BadInput.AssertProblem(await CodesAsync(second), 403, "second-step-used");
    }

    [Fact]
    public async Task Of_many_changes_at_once_by_one_second_step_one_is_made()
    {
        var first = await EnrollPhoneAsync();
        await EnrollAppAsync(first);
        var ids = (await User.GetAsync("me")).Body!["methods"]!.AsArray().Select(m => m!["id"]!.ToString()).ToList();
        var answers = await Task.WhenAll(RemoveAsync(ids[0], first), RemoveAsync(ids[1], first), CodesAsync(first), CodesAsync(first));
        Assert.Single(answers, a => a.Status is 201 or 204);
        Assert.Equal(3, answers.Count(a => a.Code == "second-step-used"));
    }

    [Fact]
    public async Task Recovery_codes_are_shown_once_and_void_the_older_set()
    {
        BadInput.AssertProblem(await CodesAsync(), 409, "no-method");
        Assert.Equal(("0", null), (await User.GetAsync("me/recovery-codes")) is var none ? (none["left"], none.Text("createdAt")) : default);
        var first = await EnrollPhoneAsync();
        BadInput.AssertProblem(await CodesAsync(), 401, "second-step-required");
        var made = await CodesAsync(first);
        var codes = made.Body!["codes"]!.AsArray().Select(c => Seen.Secret(c!.ToString())).ToList();
        Assert.Equal((201, 10), (made.Status, codes.Distinct().Count()));
        Assert.All(codes, c => Assert.Matches("^[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{3}$", c));
        Assert.Equal(("10", made["createdAt"]), (await User.GetAsync("me/recovery-codes")) is var left ? (left["left"], left["createdAt"]) : default);
        Assert.Equal("10", (await User.GetAsync("me"))["recoveryCodesLeft"]);

        var hash = Laptop.Head.Services.GetRequiredService<SlowHash>();
        var kept = (await AccountAsync()).RecoveryCodes!;
        Assert.Contains(hash.Of(PaperCode.Normalize(codes[3], RecoveryCodes.Length)!, kept.Form), kept.Hashes);
        Assert.Equal(201, (await CodesAsync(await EnrollAppAsync(first))).Status);
        var newer = (await AccountAsync()).RecoveryCodes!;
        Assert.Empty(kept.Hashes.Intersect(newer.Hashes));
        Assert.NotEqual(kept.Form, newer.Form);
    }

    [Fact]
    public async Task Remembered_browsers_are_listed_without_their_hashes_and_forgotten_by_a_second_step()
    {
        var assertion = await EnrollPhoneAsync();
        var (now, epoch) = (DateTimeOffset.UtcNow, (await AccountAsync()).Epoch);
        RememberedBrowser Browser(string id, int days) => new() { Id = id, Client = "shop", Application = "Shop", Epoch = epoch, Hash = "hash-" + id, CreatedAt = now, ExpiresAt = now.AddDays(days) };
        await ChangeAccountAsync(a => a with { Browsers = [Browser("b1", 30), Browser("b2", -1), Browser("b3", 30) with { Epoch = epoch - 1 }] });
        var list = await User.GetAsync("me/remembered-browsers");
        Assert.Equal("b1", Assert.Single(list.Body!["items"]!.AsArray())!["id"]!.ToString());
        Assert.DoesNotContain("hash-", list.Body.ToJsonString(), StringComparison.Ordinal);
        BadInput.AssertProblem(await ForgetAsync("b1"), 401, "second-step-required");
        BadInput.AssertProblem(await ForgetAsync("b9", assertion), 404, "not-found");
        Assert.Equal(204, (await ForgetAsync("b1", assertion)).Status);
        Assert.Empty((await User.GetAsync("me/remembered-browsers")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_blocked_user_changes_nothing()
    {
        var assertion = await EnrollPhoneAsync();
        var id = (await User.GetAsync("me")).Body!["methods"]![0]!["id"]!.ToString();
        await ChangeAccountAsync(a => a with { BlockedAt = DateTimeOffset.UtcNow });
        BadInput.AssertProblem(await RemoveAsync(id, assertion), 403, "blocked");
        BadInput.AssertProblem(await CodesAsync(assertion), 403, "blocked");
        BadInput.AssertProblem(await PatchAsync(new() { ["preferred"] = new JsonObject { ["methodId"] = id, ["how"] = "call" } }, assertion), 403, "blocked");
    }

    private Task<Reply> PatchAsync(JsonObject body, params (string, string)[] headers) =>
        User.SendAsync(HttpMethod.Patch, "me", System.Net.Http.Json.JsonContent.Create<JsonNode>(body), headers);

    private Task<Reply> RemoveAsync(string id, params (string, string)[] headers) => User.SendAsync(HttpMethod.Delete, $"me/methods/{id}", null, headers);

    private Task<Reply> ForgetAsync(string id, params (string, string)[] headers) => User.SendAsync(HttpMethod.Delete, $"me/remembered-browsers/{id}", null, headers);

    private Task<Reply> CodesAsync(params (string, string)[] headers) => User.PostAsync("me/recovery-codes", null, headers);

    private async Task<(string, string)> EnrollPhoneAsync()
    {
        var id = await ContactAsync();
        return ("Mfa-Assertion", (await User.VerifyAsync(id, await Phone.CodeAsync()))["assertion"]);
    }

    private async Task<(string, string)> EnrollAppAsync((string, string) assertion)
    {
        var app = await User.EnrollAppAsync(assertion);
        await User.ContactAsync(app["id"]);
        return ("Mfa-Assertion", (await User.VerifyAsync(app["id"], await AuthenticatorAsync(app)))["assertion"]);
    }
}
