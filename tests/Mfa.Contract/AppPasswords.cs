using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>App passwords: made and shown once, checked for a relying party, and over at once.</summary>
public sealed class AppPasswords(Storage storage) : BudgetTest(storage)
{
    private RelyingParty _mail = null!;
    private DeviceApp _device = null!;

    protected override Dictionary<string, string?> Settings => new(base.Settings)
    {
        ["Policy:AppPasswords"] = "true",
        ["Policy:WrongAppPasswordsAnHour"] = "4",
        ["Policy:WrongAppPasswordsADay"] = "6",
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _mail = await Laptop.RelyingPartyAsync("mail");
        _device = new DeviceApp(Laptop.Url);
        await User.SetUpDeviceAsync(_device);
    }

    public override ValueTask DisposeAsync()
    {
        _mail?.Dispose();
        _device?.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task One_is_shown_once_serves_however_it_is_typed_and_is_revoked_at_once()
    {
        BadInput.AssertProblem(await User.PostAsync("me/app-passwords"), 401, "second-step-required");
        var made = await MakeAsync("Old mail");
        Assert.Equal((201, "Old mail"), (made.Status, made["name"]));
        Assert.Matches("^([a-km-np-z]{4} ){3}[a-km-np-z]{4}$", made["password"]);
        var other = await MakeAsync(null);
        var password = made["password"];
        foreach (var typed in new[] { password, password.Replace(" ", "", StringComparison.Ordinal), password.ToUpperInvariant(), password.Replace(' ', '-'), $" {password} " })
        {
            Assert.Equal(("true", User.Id, "Old mail"), await CheckAsync(typed) is var right ? (right["valid"], right["user"], right["name"]) : default);
        }

        var list = (await User.GetAsync("me/app-passwords")).Body!["items"]!.AsArray();
        Assert.Equal((DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", null), null), (list[0]!["lastUsedAt"]!.ToString(), list[1]!["lastUsedAt"]));
        Assert.DoesNotContain(password, list.ToJsonString(), StringComparison.Ordinal);

        BadInput.AssertProblem(await User.SendAsync(HttpMethod.Delete, $"me/app-passwords/{made["id"]}"), 401, "second-step-required");
        var step = await StepAsync();
        Assert.Equal(204, (await DeleteAsync($"me/app-passwords/{made["id"]}", step)).Status);
        Assert.Equal(("false", null), await CheckAsync(password) is var revoked ? (revoked["valid"], revoked.Text("user")) : default);
        BadInput.AssertProblem(await DeleteAsync($"me/app-passwords/{made["id"]}", step), 404, "not-found");
        Assert.Equal("true", (await CheckAsync(other["password"]))["valid"]);
        Assert.Equal(204, (await DeleteAsync("me/app-passwords", step)).Status);
        Assert.Equal("false", (await CheckAsync(other["password"]))["valid"]);

        var activity = (await User.GetAsync("me/activity")).Body!["items"]!.AsArray().Select(i => i!["kind"]!.ToString()).ToList();
        Assert.Equal(2, activity.Count(k => k == "app-password-made"));
        Assert.Equal(2, activity.Count(k => k == "app-password-revoked"));
    }

    [Fact]
    public async Task A_second_step_makes_one()
    {
        var step = await StepAsync();
        Assert.Equal(201, (await User.PostAsync("me/app-passwords", null, ("Mfa-Assertion", step))).Status);
        BadInput.AssertProblem(await User.PostAsync("me/app-passwords", null, ("Mfa-Assertion", step)), 403, "second-step-used");
        BadInput.AssertProblem(await User.PostAsync("me/app-passwords", new JsonObject { ["name"] = new string('n', 31) }, ("Mfa-Assertion", step)), 400, "invalid-request");
    }

    [Fact]
    public async Task A_check_costs_one_read_and_one_write_at_the_most()
    {
        var password = (await MakeAsync("Mail"))["password"];
        await CostAsync(password, writes: 1);
        await CostAsync(password, writes: 0);
        await CostAsync("aaaa bbbb cccc dddd", writes: 1);
        // The same wrong one again guesses nothing, and what has not the form of one can't be right.
        await CostAsync("aaaa bbbb cccc dddd", writes: 0);
        Forget();
        Assert.Equal("false", (await CheckAsync("the account's own"))["valid"]);
        AssertCost(reads: 0, writes: 0, messages: 0);
    }

    [Fact]
    public async Task Wrong_ones_are_limited_by_relying_party_and_by_account()
    {
        var password = (await MakeAsync("Mail"))["password"];
        using var scanner = await Laptop.RelyingPartyAsync("scanner");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("false", (await CheckAsync(Wrong(i)))["valid"]);
        }

        Forget();
        BadInput.AssertProblem(await CheckAsync(Wrong(4)), 429, "too-many-failures");
        AssertCost(reads: 1, writes: 0, messages: 0);
        Assert.Equal("false", (await CheckAsync(Wrong(4), scanner))["valid"]);
        Assert.Equal("false", (await CheckAsync(Wrong(5), scanner))["valid"]);
        BadInput.AssertProblem(await CheckAsync(Wrong(6), scanner), 429, "too-many-failures");
        // Nobody keeps a user's programs out by showing wrong ones.
        Assert.Equal(("true", "true"), ((await CheckAsync(password))["valid"], (await CheckAsync(password, scanner))["valid"]));
        var told = (await User.GetAsync("me/activity")).Body!["items"]!.AsArray().Count(i => i!["kind"]!.ToString() == "wrong-app-password");
        Assert.Equal(2, told);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("block")]
    [InlineData("app-passwords")]
    public async Task An_admin_ends_them(string act)
    {
        var password = (await MakeAsync("Mail"))["password"];
        Assert.Equal("true", (await CheckAsync(password))["valid"]);
        using var admin = await Admin.SignInAsync(Laptop);
        var ended = act == "app-passwords" ? await admin.SendAsync(HttpMethod.Delete, $"admin/users/{User.Id}/app-passwords") : await admin.PostAsync($"admin/users/{User.Id}/{act}");
        Assert.InRange(ended.Status, 200, 204);
        Assert.Equal("false", (await CheckAsync(password))["valid"]);
    }

    [Fact]
    public async Task A_user_whom_nobody_knows_is_answered_like_one_who_has_some()
    {
        var password = (await MakeAsync("Mail"))["password"];
        using var blind = await Laptop.RelyingPartyAsync("mail", "contoso", "mfa.verify", "mfa.verify.blind");
        var nobody = Person.NewName();
        for (var i = 0; i < 6; i++)
        {
            var (known, kept) = await SeeAsync(User.Id, i);
            var (unknown, forgotten) = await SeeAsync(nobody, i);
            Assert.Equal((known.Status, known.Body!.ToJsonString()), (unknown.Status, unknown.Body!.ToJsonString()));
            Assert.Equal(kept, forgotten);
            Assert.Equal(i < 4 ? 200 : 429, known.Status);
        }

        Assert.Equal("true", (await CheckAsync(password, blind))["valid"]);
        BadInput.AssertProblem(await blind.PostAsync("app-passwords/verify", new JsonObject { ["userName"] = "", ["password"] = Wrong(9) }), 400, "invalid-request");

        // What is answered, and what is asked of storage meanwhile.
        async Task<(Reply Answer, string Paid)> SeeAsync(string user, int i)
        {
            await QuietAsync();
            Forget();
            var answer = await blind.PostAsync("app-passwords/verify", new JsonObject { ["user"] = user, ["password"] = Wrong(i) });
            return (answer, string.Join(' ', Laptop.Tables.Requests.Where(r => !Laptop.IsOfFeed(r)).Select(r => $"{r.Method} {r.Path.Split('?')[0].Split('(')[0]} {r.Body.Split("HTTP/1.1").Length - 1}")));
        }
    }

    [Fact]
    public async Task Who_may_learn_that_nobody_has_a_name_leaves_nothing_behind()
    {
        Forget();
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal("false", (await _mail.PostAsync("app-passwords/verify", new JsonObject { ["user"] = Person.NewName(), ["password"] = Wrong(i) }))["valid"]);
        }

        AssertCost(reads: 6, writes: 0, messages: 0);
    }

    [Fact]
    public async Task A_name_serves_in_the_place_of_the_id()
    {
        var password = (await MakeAsync("Mail"))["password"];
        using var admin = await Admin.SignInAsync(Laptop);
        var name = $"{User.Id}@contoso.example";
        await admin.SendAsync(HttpMethod.Patch, $"admin/users/{User.Id}", new StringContent(new JsonObject { ["userName"] = name }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(("true", User.Id), await ByNameAsync(name.ToUpperInvariant(), password) is var found ? (found["valid"], found["user"]) : default);
        Assert.Equal("false", (await ByNameAsync($"x{name}", password))["valid"]);
        BadInput.AssertProblem(await _mail.PostAsync("app-passwords/verify", new JsonObject { ["user"] = "a", ["userName"] = "b", ["password"] = "c" }), 400, "invalid-request");

        Task<Reply> ByNameAsync(string who, string what) => _mail.PostAsync("app-passwords/verify", new JsonObject { ["userName"] = who, ["password"] = what });
    }

    [Fact]
    public async Task Where_the_company_allows_none_none_is_made_and_none_serves()
    {
        var password = (await MakeAsync("Mail"))["password"];
        var strict = await Laptop.AddHeadAsync(settings: new() { ["Policy:AppPasswords"] = "false" });
        using var user = User.At(strict.Url.ToString());
        BadInput.AssertProblem(await user.PostAsync("me/app-passwords", null, ("Mfa-Assertion", await StepAsync())), 403, "app-passwords-off");
        using var mail = _mail.At(strict.Url.ToString());
        Assert.Equal("false", (await CheckAsync(password, mail))["valid"]);
        Assert.Equal(("false", "true"), ((await user.GetAsync("me"))["appPasswordsAllowed"], (await User.GetAsync("me"))["appPasswordsAllowed"]));
    }

    [Fact]
    public async Task One_of_an_older_key_serves_is_hashed_anew_that_day_and_ends_with_its_key()
    {
        var (password, other) = ((await MakeAsync("Mail"))["password"], (await MakeAsync("Scanner"))["password"]);
        var key = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var older = (await AccountAsync()).AppPasswords[0].KeyId;
        using var mail = await BeforeAsync(new() { ["KeyRing:Keys:next"] = key, ["KeyRing:Newest"] = "next" });
        Assert.Equal("true", (await CheckAsync(password, mail))["valid"]);
        Assert.Equal(["next", older], (await AccountAsync()).AppPasswords.Select(p => p.KeyId));
        Assert.Equal("true", (await CheckAsync(password, mail))["valid"]);
        using var later = await BeforeAsync(new() { ["KeyRing:Keys:next"] = key, ["KeyRing:Newest"] = "next", [$"KeyRing:Keys:{older}"] = Convert.ToBase64String(new byte[32]) });
        Assert.Equal(("true", "false"), ((await CheckAsync(password, later))["valid"], (await CheckAsync(other, later))["valid"]));

        async Task<RelyingParty> BeforeAsync(Dictionary<string, string?> settings) => _mail.At((await Laptop.AddHeadAsync(settings: settings)).Url.ToString());
    }

    private static string Wrong(int i) => $"aaaa bbbb cccc ddd{(char)('d' + i)}";

    private async Task CostAsync(string password, int writes)
    {
        Forget();
        Assert.Equal(200, (await CheckAsync(password)).Status);
        AssertCost(reads: 1, writes: writes, messages: 0);
    }

    private async Task<Reply> MakeAsync(string? name)
    {
        var made = await User.PostAsync("me/app-passwords", name is null ? null : new JsonObject { ["name"] = name }, ("Mfa-Assertion", await StepAsync()));
        Assert.True(made.Status == 201, made.ToString());
        Seen.Secret(made["password"]);
        return made;
    }

    // A second step of the user's own.
    private async Task<string> StepAsync()
    {
        var opened = await User.PostAsync("me/challenges", new JsonObject());
        Assert.Equal(200, (await _device.AnswerAsync(await _device.RequestAsync(), "authenticate", opened.Text("number"))).Status);
        return (await User.GetAsync($"me/challenges/{opened["id"]}"))["assertion"];
    }

    private Task<Reply> DeleteAsync(string path, string step) => User.SendAsync(HttpMethod.Delete, path, null, ("Mfa-Assertion", step));

    private Task<Reply> CheckAsync(string password, RelyingParty? party = null) =>
        (party ?? _mail).PostAsync("app-passwords/verify", new JsonObject { ["user"] = User.Id, ["password"] = password });
}
