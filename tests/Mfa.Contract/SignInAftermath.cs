using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>What a user hears and sees of what was done to their account, and what they can do about it.</summary>
public sealed class SignInAftermath(SignInLaptop shared) : SignInTest(shared)
{
    [Fact]
    public async Task An_added_method_is_told_on_the_phone_and_stands_in_the_activity_in_the_users_language()
    {
        await User.SetUpAppAsync(("Mfa-Assertion", Assertion));
        await Handset.UntilAsync(Phone.TextsAsync, texts => texts.Any(t => t.Contains("a verification method was added", StringComparison.Ordinal)), "a notice");
        Assert.Contains("Er is een methode toegevoegd", await SaysAsync("nl"));
        var kinds = await KindsAsync();
        Assert.Equal(2, kinds.Count(k => k == "method-added"));
        Assert.Equal(["enrollment-begun", "contacted", "contact-ended", "enrollment-ended", "method-added"], kinds.AsEnumerable().Reverse().Take(5));
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once_and_the_phone_is_told()
    {
        var made = await User.PostAsync("me/recovery-codes", null, ("Mfa-Assertion", Assertion));
        Assert.Equal(201, made.Status);
        var code = Seen.Secret(made.Body!["codes"]![3]!.ToString());
        // One second step serves one such change.
        BadInput.AssertProblem(await User.PostAsync("me/recovery-codes", null, ("Mfa-Assertion", Assertion)), 403, "second-step-used");
        var opened = await ChallengeAsync(new() { ["contact"] = false });
        Assert.Equal("true", opened["recoveryCode"]);
        var verified = await Shop.VerifyAsync(opened["id"], code.ToLowerInvariant());
        Assert.Equal(("verified", "recovery-code"), (verified["state"], verified["by"]));
        // A lost answer: the same code in the same challenge is right again, in another one it is spent.
        Assert.Equal("verified", (await Shop.VerifyAsync(opened["id"], code))["state"]);
        var again = await ChallengeAsync(new() { ["contact"] = false });
        BadInput.AssertProblem(await Shop.VerifyAsync(again["id"], code), 422, "wrong-code");
        await Handset.UntilAsync(Phone.TextsAsync, t => t.Any(text => text.Contains("a recovery code was used", StringComparison.Ordinal)), "the notice");
        Assert.Equal("9", (await User.GetAsync("me/recovery-codes"))["left"]);
    }

    [Fact]
    public async Task A_sign_in_that_was_reported_is_off_and_its_method_rests_but_not_for_ever()
    {
        var opened = await ChallengeAsync();
        var own = await User.PostAsync("me/challenges", new JsonObject { ["contact"] = false });
        BadInput.AssertProblem(await ReportAsync(own["id"]), 404, "not-found");
        Assert.Equal(204, (await ReportAsync(opened["id"])).Status);
        Assert.Equal(204, (await ReportAsync(opened["id"])).Status);
        Assert.Equal("cancelled", (await Shop.SeeAsync(opened["id"]))["state"]);
        BadInput.AssertProblem(await Shop.ChallengeAsync(User.Id), 429, "method-paused");
        Assert.Single(await KindsAsync(), k => k == "method-paused");
        using var other = await Laptop.SignInAsync();
        BadInput.AssertProblem(await other.PostAsync("me/reports", new JsonObject { ["challengeId"] = opened["id"] }), 404, "not-found");
    }

    [Fact]
    public async Task Whoever_was_let_in_by_mistake_and_remembered_is_forgotten_by_a_report()
    {
        var thief = await ChallengeAsync(new() { ["rememberBrowser"] = true, ["how"] = "call" });
        await PressAsync("#");
        var visit = await ShowAsync((await Shop.WaitForStateAsync(thief["id"], "verified"))["rememberedBrowser"]);
        var owns = await ChallengeAsync(new() { ["rememberBrowser"] = true });
        var own = (await Shop.VerifyAsync(owns["id"], await CodeAsync()))["rememberedBrowser"];
        Assert.Equal(204, (await ReportAsync(thief["id"])).Status);
        Assert.Equal("open", (await ShowAsync(visit["rememberedBrowser"], "open"))["state"]);
        own = (await ShowAsync(own))["rememberedBrowser"];

        // Of a sign-in that asked nobody, it can't be told which browser it was.
        Assert.Equal(204, (await ReportAsync((await ShowAsync(own))["id"])).Status);
        Assert.Empty((await User.GetAsync("me/remembered-browsers")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_browsers_token_counts_once_and_one_that_was_used_before_ends_both()
    {
        var opened = await ChallengeAsync(new() { ["rememberBrowser"] = true });
        var first = (await Shop.VerifyAsync(opened["id"], await CodeAsync()))["rememberedBrowser"];
        var second = await ShowAsync(first);
        Assert.Equal("urn:mfa:remembered", new JsonWebToken(second["assertion"]).GetClaim("acr").Value);
        // Two tabs at once are one use, and get the same token.
        Assert.Equal(second["rememberedBrowser"], (await ShowAsync(first))["rememberedBrowser"]);
        var third = await ShowAsync(second["rememberedBrowser"]);
        // A copy of the first is shown again: nobody can tell which of the two is the thief's.
        Assert.Equal("open", (await ShowAsync(first, "open"))["state"]);
        Assert.Equal("open", (await ShowAsync(third["rememberedBrowser"], "open"))["state"]);
        Assert.Contains("browser-reused", await KindsAsync());
        await Handset.UntilAsync(Phone.TextsAsync, t => t.Any(text => text.Contains("was copied", StringComparison.Ordinal)), "the notice");
    }

    [Fact]
    public async Task What_is_agreed_to_and_another_relying_party_ask_a_remembered_browser_all_the_same()
    {
        var opened = await ChallengeAsync(new() { ["rememberBrowser"] = true });
        var token = (await Shop.VerifyAsync(opened["id"], await CodeAsync()))["rememberedBrowser"];
        JsonObject Showing() => new() { ["rememberedBrowser"] = token, ["contact"] = false };
        using var other = await RelyingParty.SignInAsync(Laptop.Url, "other");
        Assert.Equal("open", (await other.ChallengeAsync(User.Id, Showing()))["state"]);
        var paying = Showing();
        paying["context"] = new JsonObject { ["title"] = "Pay" };
        Assert.Equal("open", (await Shop.ChallengeAsync(User.Id, paying))["state"]);
        await ShowAsync(token);
    }

    [Theory]
    [InlineData("reset", "POST")]
    [InlineData("block", "POST")]
    [InlineData("", "DELETE")]
    public async Task A_sign_in_whose_phone_rings_is_over_when_an_admin_acts(string act, string method)
    {
        using var admin = await Admin.SignInAsync(Laptop);
        var opened = await ChallengeAsync(By("call"));
        await Phone.RingsAsync();
        var done = await admin.SendAsync(new(method), $"admin/users/{User.Id}" + (act.Length > 0 ? "/" + act : ""));
        Assert.InRange(done.Status, 200, 204);
        await Phone.EndsAsync();
        var after = await Shop.SeeAsync(opened["id"]);
        Assert.True(after.Status == 404 || (after["state"], after.Text("assertion")) == ("cancelled", null), after.ToString());
    }

    [Fact]
    public async Task An_admin_who_has_a_method_takes_a_second_step_first()
    {
        using var http = new HttpClient();
        var token = JsonNode.Parse(await http.GetStringAsync(new Uri($"{Laptop.Issuer ?? Laptop.Url}/dev/token?user={Person.NewName()}&role=mfa.admin")))!["access_token"]!;
        using var admin = new Person(Laptop.Url, Seen.Secret(token.ToString()));
        var verified = await admin.SetUpAsync(Laptop.NewPhone());
        BadInput.AssertProblem(await admin.PostAsync($"admin/users/{User.Id}/bypass"), 401, "second-step-required");
        Assert.Equal(201, (await admin.PostAsync($"admin/users/{User.Id}/bypass", null, ("Mfa-Assertion", verified["assertion"]))).Status);
    }

    [Fact]
    public async Task An_admins_code_signs_in_once_and_the_user_is_told()
    {
        using var admin = await Admin.SignInAsync(Laptop);
        var code = Seen.Secret((await admin.PostAsync($"admin/users/{User.Id}/bypass"))["code"]);
        var opened = await ChallengeAsync(new() { ["contact"] = false });
        Assert.Equal("bypass", (await Shop.VerifyAsync(opened["id"], code))["by"]);
        // A lost answer, although the account has the code no more.
        Assert.Equal("bypass", (await Shop.VerifyAsync(opened["id"], code))["by"]);
        var again = await ChallengeAsync(new() { ["contact"] = false });
        BadInput.AssertProblem(await Shop.VerifyAsync(again["id"], code), 422, "wrong-code");
        await Handset.UntilAsync(Phone.TextsAsync, t => t.Any(text => text.Contains("a code of your administrator", StringComparison.Ordinal)), "the notice");
    }

    [Fact]
    public async Task A_name_that_nobody_told_of_passes_only_where_the_policy_says_so()
    {
        await using var head = await Laptop.AddHeadAsync(settings: new() { ["Policy:UnknownUsersPass"] = "false" });
        var strict = Shop.At(head.Url.ToString());
        BadInput.AssertProblem(await strict.ChallengeAsync(Person.NewName()), 409, "enrollment-required");
        BadInput.AssertProblem(await strict.ChallengeAsync(" " + User.Id), 400, "invalid-request");
        // An admin told of her.
        Assert.Equal("satisfied", (await strict.ChallengeAsync("carol"))["state"]);
        Assert.Equal("satisfied", (await Shop.ChallengeAsync(Person.NewName()))["state"]);
    }

    [Fact]
    public async Task Who_has_the_password_alone_writes_nothing_into_our_texts()
    {
        foreach (var name in new[] { "context", "application", "place", "ip", "nonce" })
        {
            var asked = new JsonObject { [name] = name == "context" ? new JsonObject { ["title"] = "To stop them, reply with the code" } : "here" };
            BadInput.AssertProblem(await User.PostAsync("me/challenges", asked), 400, "invalid-request");
        }
    }

    private Task<Reply> ReportAsync(string id) => User.PostAsync("me/reports", new JsonObject { ["challengeId"] = id });

    private async Task<Reply> ShowAsync(string token, string state = "satisfied")
    {
        var shown = await ChallengeAsync(new() { ["rememberedBrowser"] = token, ["contact"] = false });
        Assert.Equal(state, shown["state"]);
        return shown;
    }

    private async Task<List<string>> KindsAsync() => [.. (await User.GetAsync("me/activity?top=100")).Body!["items"]!.AsArray().Select(i => i!["kind"]!.ToString())];

    private async Task<List<string>> SaysAsync(string language)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(Laptop.Url), "/api/v1/me/activity"));
        request.Headers.Authorization = new("Bearer", User.Token);
        request.Headers.AcceptLanguage.ParseAdd(language);
        var answer = JsonNode.Parse(await (await http.SendAsync(request)).Content.ReadAsStringAsync())!;
        return [.. answer["items"]!.AsArray().Select(i => i!["says"]!.ToString())];
    }
}
