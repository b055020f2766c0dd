using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>What somebody tries who has the password alone, or asks again, or spells a user in another way.</summary>
public sealed class OpenIdMisuse(Storage storage) : OpenIdTest(storage)
{
    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Policy:UnknownUsersPass"] = "false", ["Policy:ChallengesADay"] = "5" };

    [Theory]
    [InlineData("the same session")]
    [InlineData("another session")]
    public async Task Who_asks_again_for_what_somebody_else_proved_gets_the_page_and_no_code(string session)
    {
        var (query, key) = (Program.Query(), ("Idempotency-Key", Guid.NewGuid().ToString()));
        using var asks = Session("s-1");
        var link = (await asks.PostAsync("me/authorizations", Query(query), key))["next"];
        using var victim = SignInVisit.Of(Laptop.Url, link, SignInVisit.NewWindow());
        await victim.SeeAsync();
        await ProveAsync(victim);
        using var again = Session(session == "another session" ? "s-2" : "s-1");
        var next = (await again.PostAsync("me/authorizations", Query(query), key))["next"];
        Assert.StartsWith($"{Laptop.Url}/sign-in/", next, StringComparison.Ordinal);
        Assert.Equal(session == "another session", next != link);
        using var window = SignInVisit.Of(Laptop.Url, link, SignInVisit.NewWindow());
        Assert.Equal(409, (await window.SeeAsync()).Status);
    }

    [Fact]
    public async Task A_pushed_request_that_is_brought_again_leads_to_its_page_and_no_further()
    {
        var owner = Party("owner");
        var name = await PushAsync(owner, User.Id);
        var link = await OpenedAsync(owner, name);
        using var victim = SignInVisit.Of(Laptop.Url, link, SignInVisit.NewWindow());
        await victim.SeeAsync();
        await ProveAsync(victim);
        Assert.Equal(link, await OpenedAsync(owner, name));
    }

    [Theory]
    [InlineData("the user")]
    [InlineData("an admin")]
    public async Task A_set_up_that_is_refused_because_a_method_came_meanwhile_proves_nothing(string whose)
    {
        using var victim = await Laptop.SignInAsync();
        using var attacker = Session("attackers", victim.Id);
        using var page = await OpenAsync(null, attacker, ("acr_values", "urn:mfa:second-step"));
        Assert.Equal("true", (await page.SeeAsync())["setUp"]);
        using var setUp = SetUpVisit.Of(page);
        var app = Authenticator.Of(await setUp.PostAsync("me/enrollments", new JsonObject { ["method"] = "mobileApp", ["mode"] = "code" }));
        Assert.Equal(202, (await setUp.ContactAsync(app.Enrollment)).Status);
        if (whose == "an admin")
        {
            using var admin = await Admin.SignInAsync(Laptop);
            await admin.SendAsync("PUT", $"admin/users/{victim.Id}", new() { ["required"] = true });
            Assert.Equal(201, (await admin.SendAsync("POST", $"admin/users/{victim.Id}/methods", new() { ["method"] = "authenticationPhone", ["number"] = Laptop.NewPhone().Number })).Status);
        }
        else
        {
            await victim.SetUpAsync(Phone);
        }

        BadInput.AssertProblem(await setUp.VerifyAsync(app.Enrollment, await app.CodeAsync(at: Clock.GetUtcNow())), 401, "second-step-required");
        Assert.InRange((await page.PostAsync($"sign-ins/{page.Id}/verify", new JsonObject { ["enrollment"] = app.Enrollment })).Status, 400, 499);
        Assert.NotEqual("verified", (await page.SeeAsync())["state"]);
    }

    [Theory]
    [InlineData("namer", "CONTOSO\\")]
    [InlineData("owner", "CONTOSO\\")]
    public async Task Another_spelling_of_a_user_is_nobody_and_nobody_sets_anything_up(string client, string prefix)
    {
        var party = Party(client);
        var back = OpenIdParty.Back(await OpenedAsync(party, await PushAsync(party, prefix + User.Id)));
        Assert.Equal("access_denied", back["error"]);
        using var shop = await Laptop.RelyingPartyAsync();
        BadInput.AssertProblem(await shop.ChallengeAsync(prefix + User.Id), 409, "enrollment-required");
    }

    [Fact]
    public async Task A_program_that_names_users_as_they_sign_in_finds_them_by_no_id()
    {
        var namer = Party("namer");
        OpenIdTest.AssertRefused(await namer.AskAsync(("login_hint", User.Id)), "unknown_user_id");
        using var admin = await Admin.SignInAsync(Laptop);
        using var user = await Laptop.SignInAsync();
        await admin.SendAsync("PUT", $"admin/users/{user.Id}", new() { ["userName"] = $"{user.Id}@contoso.example" });
        await admin.SendAsync("POST", $"admin/users/{user.Id}/methods", new() { ["method"] = "authenticationPhone", ["number"] = Laptop.NewPhone().Number });
        Assert.Equal(200, (await namer.AskAsync(("login_hint", $"{user.Id.ToUpperInvariant()}@contoso.example"))).Status);
    }

    [Fact]
    public async Task The_password_alone_uses_nothing_up_of_what_relying_parties_ask_for()
    {
        var last = 0;
        for (var i = 0; i < 6; i++)
        {
            last = (await AuthorizationAsync(Program.Query())).Status;
        }

        Assert.Equal(429, last);
        using var shop = await Laptop.RelyingPartyAsync();
        Assert.Equal(201, (await shop.ChallengeAsync(User.Id, new() { ["contact"] = false })).Status);
        Assert.Equal(201, (await User.PostAsync("me/challenges", new JsonObject { ["contact"] = false })).Status);
    }

    [Fact]
    public async Task A_program_that_is_set_so_has_a_second_step_of_everybody_whatever_the_browser_leaves_out()
    {
        await using var insists = await Laptop.AddHeadAsync(Clock, new() { ["Clients:program:Insists"] = "true", ["Policy:UnknownUsersPass"] = "true" });
        using var somebody = await Laptop.SignInAsync();
        var there = somebody.At(insists.Url.ToString());
        var next = (await there.PostAsync("me/authorizations", Query(Program.Query())))["next"];
        Assert.Contains("/sign-in/", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_may_call_its_access_tokens_as_this_service_does()
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Laptop.Settings["Local:DataPath"]!, "keys.json")))!;
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Convert.FromBase64String(file["DevIssuer"]!["Key"]!.ToString()), out _);
        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        var now = Clock.GetUtcNow().UtcDateTime;
        using var person = new Person(Laptop.Url, new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Mfa.Local.DevTokens.Issuer,
            Audience = "api://mfa",
            TokenType = "at+jwt",
            IssuedAt = now.AddMinutes(-1),
            NotBefore = now.AddMinutes(-1),
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object> { ["tid"] = "contoso", ["oid"] = User.Id, ["sub"] = User.Id, ["azp"] = "front-end", ["scp"] = "user_impersonation", ["sid"] = "s" },
            SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
        }));
        Assert.Equal(200, (await person.GetAsync("me")).Status);
    }

    // Whoever has the password has a session of their own.
    private Person Session(string session, string? user = null) => new(Laptop.Url, TokenSigner.Sign(
        Laptop, DateTimeOffset.UtcNow.AddMinutes(30), ("tid", "contoso"), ("oid", user ?? User.Id), ("sub", user ?? User.Id), ("azp", "front-end"), ("scp", "user_impersonation"), ("sid", session)));

    private static JsonObject Query(string query) => new() { ["query"] = query };

    private static async Task<string> PushAsync(OpenIdParty party, string user) =>
        (await party.PostAsync("/par", [.. OpenIdParty.Back("https://x.example/?" + party.Query(("login_hint", user), ("acr_values", "urn:mfa:second-step"))).Select(f => (f.Key, (string?)f.Value))]))["request_uri"];

    private static async Task<string> OpenedAsync(OpenIdParty party, string name) =>
        (await party.GetAsync($"/authorize?client_id={party.Id}&request_uri={Uri.EscapeDataString(name)}")).Raw.Headers.Location!.OriginalString;
}
