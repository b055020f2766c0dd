using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>What an admin says of a user, and reads of one.</summary>
public sealed class AdminUsers(Storage storage) : LaptopTest(storage)
{
    private Person _admin = null!;

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _admin = await Admin.SignInAsync(Laptop);
    }

    [Fact]
    public async Task A_user_is_made_by_a_put_and_the_same_put_again_is_the_same()
    {
        BadInput.AssertProblem(await _admin.GetAsync(Path()), 404, "not-found");
        var body = new JsonObject
        {
            ["userName"] = NewUserName(),
            ["displayName"] = "Alice Doe",
            ["email"] = "alice@contoso.example",
            ["officePhone"] = Seen.Secret("+14255550143"),
            ["culture"] = "NL-nl",
            ["required"] = true,
            ["graceUntil"] = "2031-03-01T12:00:00+01:00",
        };
        var made = await _admin.SendAsync("PUT", Path(), body);
        Assert.Equal(201, made.Status);
        Assert.Equal(("Alice Doe", "nl-NL", "true", "2031-03-01T11:00:00.000Z", "true"), (made["displayName"], made["culture"], made["required"], made["graceUntil"], made["canSignIn"]));
        Assert.DoesNotContain("5550143", made["officePhone"], StringComparison.Ordinal);

        var again = await _admin.SendAsync("PUT", Path(), body);
        Assert.Equal((200, made.Body!.ToJsonString()), (again.Status, again.Body!.ToJsonString()));
        Assert.Equal(made.Body.ToJsonString(), (await _admin.GetAsync(Path())).Body!.ToJsonString());

        var me = await User.GetAsync("me");
        Assert.Equal(("Alice Doe", "true", "true", "nl-NL", "false"), (me["account"], me["required"], me["canSignIn"], me["culture"], me["registered"]));
    }

    [Fact]
    public async Task A_patch_changes_what_it_names_and_a_put_all()
    {
        BadInput.AssertProblem(await _admin.SendAsync("PATCH", Path(), []), 404, "not-found");
        await _admin.SendAsync("PUT", Path(), new() { ["displayName"] = "Alice", ["email"] = "a@b.example", ["required"] = true });
        var patched = await _admin.SendAsync("PATCH", Path(), new() { ["displayName"] = null, ["culture"] = "nl" });
        Assert.Equal((200, null, "a@b.example", "nl", "true"), (patched.Status, patched.Text("displayName"), patched["email"], patched["culture"], patched["required"]));
        var put = await _admin.SendAsync("PUT", Path(), []);
        Assert.Equal((200, null, null, "false"), (put.Status, put.Text("email"), put.Text("culture"), put["required"]));
    }

    [Fact]
    public async Task A_user_name_is_one_users_whatever_its_capitals_and_free_once_that_user_has_another()
    {
        var name = NewUserName();
        using var other = await Laptop.SignInAsync();
        Assert.Equal(201, (await _admin.SendAsync("PUT", Path(), new() { ["userName"] = name })).Status);
        BadInput.AssertProblem(await _admin.SendAsync("PUT", Path(other), new() { ["userName"] = name.ToUpperInvariant() }), 409, "user-name-taken");
        Assert.Equal(User.Id, await NamedAsync(name.ToUpperInvariant()));

        Assert.Equal(200, (await _admin.SendAsync("PATCH", Path(), new() { ["userName"] = "x" + name })).Status);
        Assert.Null(await NamedAsync(name));
        Assert.Equal(201, (await _admin.SendAsync("PUT", Path(other), new() { ["userName"] = name.ToUpperInvariant() })).Status);
        Assert.Equal((other.Id, User.Id), (await NamedAsync(name), await NamedAsync("x" + name)));

        // Another tenant has names of its own.
        using var fabrikam = await Admin.SignInAsync(Laptop, "fabrikam");
        Assert.Equal(201, (await fabrikam.SendAsync("PUT", Path(), new() { ["userName"] = name })).Status);
        Assert.Equal(other.Id, await NamedAsync(name));
    }

    [Fact]
    public async Task Of_many_that_want_one_name_at_once_one_gets_it()
    {
        var name = NewUserName();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _admin.SendAsync("PUT", $"admin/users/{Person.NewName()}", new() { ["userName"] = name })));
        Assert.Single(answers, a => a.Status == 201);
        Assert.Equal(7, answers.Count(a => a.Code == "user-name-taken"));
    }

    [Fact]
    public async Task A_name_that_was_claimed_and_never_saved_is_free_after_five_minutes_and_counts_for_nobody()
    {
        var name = NewUserName();
        Laptop.Tables.Decide = request => Task.FromResult(request.Path.EndsWith("$batch", StringComparison.Ordinal) ? Pass.Reject : Pass.Through);
        BadInput.AssertProblem(await _admin.SendAsync("PUT", Path(), new() { ["userName"] = name }), 503, "unavailable");
        Laptop.Tables.Decide = _ => Task.FromResult(Pass.Through);
        Assert.Null(await NamedAsync(name));

        using var other = await Laptop.SignInAsync();
        BadInput.AssertProblem(await _admin.SendAsync("PUT", Path(other), new() { ["userName"] = name }), 409, "user-name-taken");
        var later = await Laptop.AddHeadAsync(new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(5)));
        using var there = _admin.At(later.Url.ToString());
        Assert.Equal(201, (await there.SendAsync("PUT", Path(other), new() { ["userName"] = name })).Status);
        Assert.Equal(other.Id, await NamedAsync(name));
    }

    [Fact]
    public async Task An_admin_acts_in_the_tenant_of_the_token_only()
    {
        await _admin.SendAsync("PUT", Path(), new() { ["required"] = true });
        using var fabrikam = await Admin.SignInAsync(Laptop, "fabrikam");
        BadInput.AssertProblem(await fabrikam.GetAsync(Path()), 404, "not-found");
        await fabrikam.PostAsync(Path() + "/block");
        Assert.Equal("false", (await _admin.GetAsync(Path()))["registered"]);
        Assert.Null((await _admin.GetAsync(Path())).Text("blockedAt"));

        using var reader = await Admin.SignInAsync(Laptop, role: "mfa.admin.read");
        Assert.Equal(200, (await reader.GetAsync(Path())).Status);
        BadInput.AssertProblem(await reader.PostAsync(Path() + "/block"), 403, "wrong-caller");
    }

    [Fact]
    public async Task Grace_is_given_by_a_day_or_a_number_of_days_and_not_renewed()
    {
        var by = await _admin.PostAsync(Path() + "/require", new JsonObject { ["graceDays"] = 14 });
        Assert.Equal(14, (DateTimeOffset.Parse(by["graceUntil"], null) - DateTimeOffset.UtcNow).TotalDays, 0.01);
        Assert.Equal(("true", "true", "false"), (by["required"], by["canSignIn"], by["registered"]));
        Assert.Equal(by["graceUntil"], (await _admin.PostAsync(Path() + "/require"))["graceUntil"]);
        Assert.Equal(by["graceUntil"], (await _admin.PostAsync(Path() + "/reset"))["graceUntil"]);
        var none = await _admin.PostAsync(Path() + "/require", new JsonObject { ["graceDays"] = 0 });
        Assert.Equal((null, "false"), (none.Text("graceUntil"), none["canSignIn"]));
        Assert.Equal("false", (await User.GetAsync("me"))["canSignIn"]);
        Assert.Equal("2031-01-01T00:00:00.000Z", (await _admin.PostAsync(Path() + "/require", new JsonObject { ["graceUntil"] = "2031-01-01T00:00:00Z" }))["graceUntil"]);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "PUT", """{"userName":" "}""", "userName" },
        { "PUT", """{"userName":7}""", "userName" },
        { "PUT", """{"displayName":"a\u0007b"}""", "displayName" },
        { "PUT", """{"email":"nobody"}""", "email" },
        { "PUT", """{"email":"A <a@b.example>"}""", "email" },
        { "PATCH", """{"officePhone":"0612345678"}""", "officePhone" },
        { "PATCH", """{"officePhone":"+31112"}""", "officePhone" },
        { "PATCH", """{"culture":"klingon"}""", "culture" },
        { "PATCH", """{"required":"yes"}""", "required" },
        { "PATCH", """{"graceUntil":"2031-01-01"}""", "graceUntil" },
        { "PATCH", """{"graceUntil":"2031-01-01T00:00:00"}""", "graceUntil" },
        { "PATCH", """{"graceUntil":1}""", "graceUntil" },
        { "POST require", """{"graceDays":-1}""", "graceDays" },
        { "POST require", """{"graceDays":1.5}""", "graceDays" },
        { "POST require", """{"graceDays":3,"graceUntil":"2031-01-01T00:00:00Z"}""", "graceDays" },
        { "POST bypass", """{"minutes":0}""", "minutes" },
        { "POST bypass", """{"minutes":1441}""", "minutes" },
        { "POST bypass", """{"uses":11}""", "uses" },
        { "POST bypass", """{"uses":"1"}""", "uses" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_field_is_named(string what, string body, string field)
    {
        var (method, path) = what.Split(' ') is [var m, var act] ? (m, $"{Path()}/{act}") : (what, Path());
        var answer = await _admin.SendAsync(method, path, (JsonObject)JsonNode.Parse(body)!);
        BadInput.AssertProblem(answer, 400, "invalid-request");
        Assert.NotNull(answer.Body!["errors"]![field]);
        BadInput.AssertProblem(await _admin.GetAsync(Path()), 404, "not-found");
    }

    [Fact]
    public async Task A_user_that_nobody_knows_or_can_be_is_not_found()
    {
        foreach (var act in new[] { "reset", "unblock" })
        {
            BadInput.AssertProblem(await _admin.PostAsync($"{Path()}/{act}"), 404, "not-found");
        }

        BadInput.AssertProblem(await _admin.SendAsync(HttpMethod.Delete, Path()), 404, "not-found");
        foreach (var id in new[] { new string('u', 257), "%20", "a%0Ab" })
        {
            BadInput.AssertProblem(await _admin.PostAsync($"admin/users/{id}/block"), 404, "not-found");
        }
    }

    private static string NewUserName() => $"{Person.NewName()}@contoso.example";

    private string Path(Person? user = null) => $"admin/users/{(user ?? User).Id}";

    private async Task<string?> NamedAsync(string userName)
    {
        var directory = (Web.DirectoryRows)Laptop.Head.Services.GetService(typeof(Web.DirectoryRows))!;
        return (await directory.FindAsync("contoso", userName, TestContext.Current.CancellationToken))?.Account.User;
    }
}
