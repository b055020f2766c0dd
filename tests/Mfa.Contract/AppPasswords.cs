using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>App passwords: made and shown once, checked for a relying party, and over at once.</summary>
public sealed class AppPasswords(Storage storage) : BudgetTest(storage)
{
    private RelyingParty _mail = null!;
    private string _assertion = "";

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
        _assertion = (await User.SetUpAppAsync()).Verified["assertion"];
    }

    public override ValueTask DisposeAsync()
    {
        _mail?.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task One_is_shown_once_serves_however_it_is_typed_and_is_revoked_at_once()
    {
        BadInput.AssertProblem(await User.PostAsync("me/app-passwords"), 403, "second-step-required");
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

        BadInput.AssertProblem(await User.SendAsync(HttpMethod.Delete, $"me/app-passwords/{made["id"]}"), 403, "second-step-required");
        Assert.Equal(204, (await DeleteAsync($"me/app-passwords/{made["id"]}")).Status);
        Assert.Equal(("false", null), await CheckAsync(password) is var revoked ? (revoked["valid"], revoked.Text("user")) : default);
        BadInput.AssertProblem(await DeleteAsync($"me/app-passwords/{made["id"]}"), 404, "not-found");
        Assert.Equal("true", (await CheckAsync(other["password"]))["valid"]);
        Assert.Equal(204, (await DeleteAsync("me/app-passwords")).Status);
        Assert.Equal("false", (await CheckAsync(other["password"]))["valid"]);

        var activity = (await User.GetAsync("me/activity")).Body!["items"]!.AsArray().Select(i => i!["kind"]!.ToString()).ToList();
        Assert.Equal(2, activity.Count(k => k == "app-password-made"));
        Assert.Equal(2, activity.Count(k => k == "app-password-revoked"));
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

        var over = await CheckAsync(password);
        BadInput.AssertProblem(over, 429, "too-many-failures");
        Assert.Equal("true", (await CheckAsync(password, scanner))["valid"]);
        Assert.Equal("false", (await CheckAsync(Wrong(5), scanner))["valid"]);
        Assert.Equal("false", (await CheckAsync(Wrong(6), scanner))["valid"]);
        BadInput.AssertProblem(await CheckAsync(password, scanner), 429, "too-many-failures");
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("block")]
    [InlineData("app-passwords")]
    public async Task An_admin_ends_them(string act)
    {
        var password = (await MakeAsync("Mail"))["password"];
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
        for (var i = 0; i < 4; i++)
        {
            var (known, unknown) = (await CheckAsync(Wrong(i), blind), await blind.PostAsync("app-passwords/verify", new JsonObject { ["user"] = nobody, ["password"] = Wrong(i) }));
            Assert.Equal((known.Status, known.Body!.ToJsonString()), (unknown.Status, unknown.Body!.ToJsonString()));
        }

        Assert.Equal(429, (await CheckAsync(password, blind)).Status);
        BadInput.AssertProblem(await blind.PostAsync("app-passwords/verify", new JsonObject { ["user"] = nobody, ["password"] = Wrong(9) }), 429, "too-many-failures");
        BadInput.AssertProblem(await blind.PostAsync("app-passwords/verify", new JsonObject { ["userName"] = "", ["password"] = Wrong(9) }), 400, "invalid-request");
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
        BadInput.AssertProblem(await user.PostAsync("me/app-passwords", null, ("Mfa-Assertion", _assertion)), 403, "app-passwords-off");
        using var mail = _mail.At(strict.Url.ToString());
        Assert.Equal("false", (await CheckAsync(password, mail))["valid"]);
        Assert.Equal(("false", "true"), ((await user.GetAsync("me"))["appPasswordsAllowed"], (await User.GetAsync("me"))["appPasswordsAllowed"]));
    }

    [Fact]
    public async Task One_of_an_older_key_serves_and_is_hashed_anew()
    {
        var password = (await MakeAsync("Mail"))["password"];
        var key = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var rotated = await Laptop.AddHeadAsync(settings: new() { ["KeyRing:Keys:next"] = key, ["KeyRing:Newest"] = "next" });
        using var mail = _mail.At(rotated.Url.ToString());
        var before = (await AccountAsync()).AppPasswords.Single().KeyId;
        Assert.Equal("true", (await CheckAsync(password, mail))["valid"]);
        Assert.Equal(("next", true), ((await AccountAsync()).AppPasswords.Single().KeyId, before != "next"));
        Assert.Equal("true", (await CheckAsync(password, mail))["valid"]);
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
        var made = await User.PostAsync("me/app-passwords", name is null ? null : new JsonObject { ["name"] = name }, ("Mfa-Assertion", _assertion));
        Assert.True(made.Status == 201, made.ToString());
        Seen.Secret(made["password"]);
        return made;
    }

    private Task<Reply> DeleteAsync(string path) => User.SendAsync(HttpMethod.Delete, path, null, ("Mfa-Assertion", _assertion));

    private Task<Reply> CheckAsync(string password, RelyingParty? party = null) =>
        (party ?? _mail).PostAsync("app-passwords/verify", new JsonObject { ["user"] = User.Id, ["password"] = password });
}
