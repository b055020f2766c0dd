using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>Whom Entra has signed in so far, and who has no method here, sets one up on the way: that is the second step. The ticket of the sign-in opens this and nothing else.</summary>
public sealed class ExternalMfaSetUp(EntraLaptop shared) : ExternalMfaTest(shared)
{
    [Fact]
    public async Task A_phone_that_is_set_up_in_it_proves_it_and_is_asked_the_next_time()
    {
        var (user, phone) = (EntraUser.New(), Laptop.NewPhone());
        using var page = await Shared.OpenAsync(user);
        var seen = await page.SeeAsync();
        Assert.Equal(("open", "true"), (seen["state"], seen["setUp"]));
        Assert.Empty(seen.Body!["methods"]!.AsArray());
        using var setUp = SetUpVisit.Of(page);
        Assert.Equal((200, "false"), await setUp.GetAsync("me") is var me ? (me.Status, me["registered"]) : default);
        // By the name that Entra tells, and no id: of a user of whom nothing is known here.
        Assert.Equal(user.Name, (await setUp.GetAsync("me"))["account"]);
        var enrolled = await setUp.SetUpAsync(phone);
        var verified = await EnrolledAsync(page, enrolled["id"]);
        Assert.Equal((200, "verified"), (verified.Status, verified["state"]));
        var outcome = await Shared.BringAsync(verified);
        Assert.Equal((true, "sms"), (outcome.IsSignedIn, outcome.Amr));

        await Laptop.RestsAsync(await Shared.SignInAsync(user), enrolled["id"]);
        using var next = await Shared.OpenAsync(user);
        Assert.Equal((null, "text"), await next.SeeAsync() is var second ? (second.Text("setUp"), second["how"]) : default);
        Assert.True((await Shared.BringAsync(await next.VerifyAsync(next.Id, await phone.CodeAsync(2)))).IsSignedIn);
    }

    [Fact]
    public async Task Where_the_company_has_it_so_nobody_sets_anything_up_on_the_way()
    {
        await using var strict = await Laptop.AddHeadAsync(settings: new() { ["ExternalMfa:SetUp"] = "false" });
        var (request, known) = (Entra.Ask(EntraUser.New()), Entra.Ask(User));
        using var answer = await Shared.PostAsync(request, strict.Url);
        await RefusedAsync(answer, request, System.Net.HttpStatusCode.Conflict);
        using var other = await Shared.PostAsync(known, strict.Url);
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, other.StatusCode);
    }

    [Fact]
    public async Task The_ticket_opens_nothing_else()
    {
        using var page = await Shared.OpenAsync(EntraUser.New());
        await page.SeeAsync();
        using var setUp = SetUpVisit.Of(page);
        foreach (var (method, path) in new[]
        {
            ("PATCH", "me"), ("GET", "me/activity"), ("GET", "me/recovery-codes"), ("POST", "me/recovery-codes"), ("GET", "me/devices"), ("GET", "me/remembered-browsers"),
            ("GET", "me/app-passwords"), ("POST", "me/app-passwords"), ("DELETE", "me/methods/x"), ("POST", "me/challenges"), ("POST", "challenges"), ("GET", "admin/users/x"),
            ("GET", $"sign-ins/{page.Id}"),
        })
        {
            using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            var refused = await setUp.SendAsync(new(method), path, method == "GET" ? null : body);
            Assert.Equal((path, 401, "unauthorized"), (path, refused.Status, refused.Code));
        }
    }

    [Fact]
    public async Task Only_the_ticket_of_a_sign_in_that_waits_for_it_and_only_in_its_window()
    {
        using var page = await Shared.OpenAsync(EntraUser.New());
        // Nobody has opened it yet.
        await RefusedAsync(page.Id, page.Ticket);
        await RefusedAsync(page.Id, page.Token);
        await page.SeeAsync();
        using var other = await Shared.OpenAsync(EntraUser.New());
        await other.SeeAsync();
        foreach (var shown in new[] { page.Ticket, $"{page.Ticket}.{SignInVisit.NewWindow()}", other.Token, "p" + new string('A', 43), "", "." })
        {
            await RefusedAsync(page.Id, shown);
        }

        await RefusedAsync("x", page.Token);
        // One who has a phone takes it, and sets nothing up by this.
        using var registered = await Shared.OpenAsync(User);
        await registered.SeeAsync();
        await RefusedAsync(registered.Id, registered.Token);
        Assert.Equal(204, (await page.DeleteAsync(page.Id)).Status);
        await RefusedAsync(page.Id, page.Token);
    }

    [Fact]
    public async Task What_proves_it_was_set_up_in_it_by_the_same_user_and_to_the_end()
    {
        var (user, phone) = (EntraUser.New(), Laptop.NewPhone());
        using var page = await Shared.OpenAsync(user);
        await page.SeeAsync();
        using var setUp = SetUpVisit.Of(page);
        // Not proved yet; of somebody else; none at all.
        var begun = await setUp.BeginAsync(phone);
        await NotByAsync(page, begun);
        using var theirs = await Shared.OpenAsync(EntraUser.New());
        await theirs.SeeAsync();
        using var theirSetUp = SetUpVisit.Of(theirs);
        await NotByAsync(page, (await theirSetUp.SetUpAsync(Laptop.NewPhone()))["id"]);
        await NotByAsync(page, "x");
        await NotByAsync(page, page.Id);

        // One of a session elsewhere, whose first step nobody knows to be this one.
        var person = await Shared.SignInAsync(user);
        await NotByAsync(page, (await person.SetUpAsync(Laptop.NewPhone()))["id"]);
        Assert.Equal("open", (await page.SeeAsync())["state"]);
    }

    [Fact]
    public async Task Once_the_user_has_a_method_another_takes_a_second_step()
    {
        var user = EntraUser.New();
        using var page = await Shared.OpenAsync(user);
        await page.SeeAsync();
        using var setUp = SetUpVisit.Of(page);
        var before = await setUp.EnrollAsync(Laptop.NewPhone());
        await (await Shared.SignInAsync(user)).SetUpAsync(Laptop.NewPhone());
        BadInput.AssertProblem(await setUp.EnrollAsync(Laptop.NewPhone()), 401, "second-step-required");
        // And what was begun before is over.
        BadInput.AssertProblem(await setUp.ContactAsync(before["id"]), 410, "enrollment-over");
    }

    [Fact]
    public async Task Who_is_blocked_sets_nothing_up_and_signs_in_nowhere()
    {
        var user = EntraUser.New();
        using var admin = await Admin.SignInAsync(Laptop, EntraUser.Contoso);
        await admin.SendAsync("PUT", $"admin/users/{user.Oid}", []);
        using var page = await Shared.OpenAsync(user);
        await page.SeeAsync();
        using var setUp = SetUpVisit.Of(page);
        var begun = await setUp.BeginAsync(Laptop.NewPhone());
        Assert.Equal(200, (await admin.PostAsync($"admin/users/{user.Oid}/block", new JsonObject())).Status);
        Assert.InRange((await setUp.EnrollAsync(Laptop.NewPhone())).Status, 400, 499);
        Assert.InRange((await setUp.ContactAsync(begun)).Status, 400, 499);
        var outcome = await Shared.BringAsync(await page.SeeAsync());
        Assert.Equal("access_denied", outcome.Error);
        using var again = await Shared.PostAsync(Entra.Ask(user));
        Assert.Equal((403, "text/html"), ((int)again.StatusCode, again.Content.Headers.ContentType?.MediaType));
    }

    private async Task RefusedAsync(string challenge, string shown)
    {
        using var caller = new SetUpVisit(Laptop.Url, challenge, shown);
        Assert.Equal((shown, 401), (shown, (await caller.GetAsync("me")).Status));
        Assert.Equal((shown, 401), (shown, (await caller.EnrollAsync(Phone)).Status));
    }

    private static Task<Reply> EnrolledAsync(SignInVisit page, string enrollment) =>
        page.PostAsync($"sign-ins/{page.Id}/verify", new JsonObject { ["enrollment"] = enrollment });

    private static async Task NotByAsync(SignInVisit page, string enrollment)
    {
        var refused = await EnrolledAsync(page, enrollment);
        Assert.True(refused.Status is >= 400 and < 500 && refused.Text("returnTo") is null, refused.ToString());
    }
}
