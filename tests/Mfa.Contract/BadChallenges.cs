using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>Bad input about second steps gets a problem with a code, changes nothing and sends nothing.</summary>
public sealed class BadChallenges(SignInLaptop shared) : SignInTest(shared)
{
    private static string Long(int length) => new('x', length);

    // What a relying party and a user alike may get wrong.
    private static readonly (string Members, string Field)[] s_wrong =
    [
        (""" "tenant":"fabrikam" """, "tenant"),
        (""" "tenant":7 """, "tenant"),
        (""" "culture":"12" """, "culture"),
        (""" "culture":"English please" """, "culture"),
        ($$""" "culture":"{{Long(36)}}" """, "culture"),
        (""" "methodId":7 """, "methodId"),
        (""" "methodId":"none" """, "methodId"),
        (""" "methodId":"" """, "methodId"),
        (""" "how":"pigeon" """, "how"),
        (""" "how":"notification" """, "how"),
        (""" "how":"code" """, "how"),
        ($$""" "application":"{{Long(101)}}" """, "application"),
        ($$""" "place":"{{Long(101)}}" """, "place"),
        (""" "place":"a\nb" """, "place"),
        ($$""" "ip":"{{Long(46)}}" """, "ip"),
        ($$""" "nonce":"{{Long(513)}}" """, "nonce"),
        (""" "contact":"yes" """, "contact"),
        (""" "context":"pay" """, "context"),
        (""" "context":{} """, "context.title"),
        (""" "context":{"title":" "} """, "context.title"),
        (""" "context":{"title":"\ud800"} """, "context.title"),
        ($$""" "context":{"title":"{{Long(101)}}"} """, "context.title"),
        (""" "context":{"title":"Pay","details":{}} """, "context.details"),
        (""" "context":{"title":"Pay","details":[1]} """, "context.details"),
        ($$""" "context":{"title":"Pay","details":[{{string.Join(',', Enumerable.Repeat("{\"label\":\"a\",\"value\":\"b\"}", 11))}}]} """, "context.details"),
        (""" "context":{"title":"Pay","details":[{"value":"b"}]} """, "context.details[0].label"),
        (""" "context":{"title":"Pay","details":[{"label":"a","value":"b"},{"label":"a","value":7}]} """, "context.details[1].value"),
        ($$""" "context":{"title":"Pay","details":[{"label":"a","value":"{{Long(100)}}"},{"label":"b","value":"{{Long(100)}}"},{"label":"c","value":"{{Long(30)}}"}]} """, "context"),
    ];

    [Theory]
    [InlineData("challenges")]
    [InlineData("me/challenges")]
    public async Task A_wrong_field_is_named(string route)
    {
        var (caller, user) = route == "challenges" ? (Shop, $"\"user\":\"{User.Id}\",") : ((Caller)User, "");
        foreach (var (members, field) in s_wrong)
        {
            var answer = await SendAsync(caller, route, $"{{{user}{members}}}");
            BadInput.AssertProblem(answer, 400, "invalid-request");
            Assert.True(answer.Body!["errors"]![field] is not null, $"{members}: {answer}");
        }

        Assert.Single(await Phone.TextsAsync());
    }

    [Theory]
    [InlineData("""{}""", "user")]
    [InlineData("""{"user":7}""", "user")]
    [InlineData("""{"user":" "}""", "user")]
    [InlineData("""{"user":"a\u0000b"}""", "user")]
    [InlineData("""{"user":"a","rememberBrowser":1}""", "rememberBrowser")]
    [InlineData("""{"user":"a","rememberedBrowser":1}""", "rememberedBrowser")]
    public async Task A_relying_party_says_whose_and_in_which_browser(string body, string field)
    {
        var answer = await SendAsync(Shop, "challenges", body);
        BadInput.AssertProblem(answer, 400, "invalid-request");
        Assert.NotNull(answer.Body!["errors"]![field]);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var answer = await SendAsync(Shop, "challenges", """{"culture":"12","how":"fax","context":{"details":[{"label":"a"},{"value":"b"}]}}""");
        Assert.Equal(
            ["context.details[0].value", "context.details[1].label", "context.title", "culture", "how", "user"],
            answer.Body!["errors"]!.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{}""", "code user")]
    [InlineData("""{"code":"12345","user":" ","how":"fax"}""", "code how user")]
    [InlineData("""{"code":"123456","user":7}""", "user")]
    public async Task All_that_is_wrong_with_a_code_in_one_call_is_told_at_once(string body, string fields)
    {
        var answer = await SendAsync(Shop, "verify", body);
        BadInput.AssertProblem(answer, 400, "invalid-request");
        Assert.Equal(fields.Split(' '), answer.Body!["errors"]!.AsObject().Select(e => e.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_member_that_is_not_known_is_ignored() =>
        await ChallengeAsync(new() { ["contact"] = false, ["colour"] = "red", ["Context"] = 7, ["$schema"] = new JsonObject() });

    [Fact]
    public async Task A_context_as_long_as_can_be_is_said_whole()
    {
        // A title, and details that fill 240 characters: "Pay: a …, b …".
        var context = new JsonObject { ["title"] = "Pay", ["details"] = new JsonArray(Detail("a", 100), Detail("b", 100), Detail("c", 25)) };
        await ChallengeAsync(new() { ["context"] = context });
        Assert.Contains($"Pay: a {Long(100)}, b {Long(100)}, c {Long(25)}.", await TextAsync(), StringComparison.Ordinal);

        static JsonNode Detail(string label, int length) => new JsonObject { ["label"] = label, ["value"] = Long(length) };
    }

    [Theory]
    [InlineData("challenges/{id}/verify")]
    [InlineData("me/challenges/{id}/verify")]
    [InlineData("verify")]
    public async Task A_code_has_the_form_of_one(string route)
    {
        var (caller, path) = await AtAsync(route);
        foreach (var code in new[] { "123456", "\"\"", "\"12345\"", "\"1234567\"", "\"abcdef\"", "\"ABCDEFGHIJ\"", "\"0000000!\"", $"\"{Long(65)}\"", "null" })
        {
            var answer = await SendAsync(caller, path, $"{{\"user\":\"{User.Id}\",\"code\":{code}}}");
            BadInput.AssertProblem(answer, 400, "invalid-request");
            Assert.NotNull(answer.Body!["errors"]!["code"]);
        }
    }

    [Theory]
    [InlineData("challenges/{id}/contact")]
    [InlineData("me/challenges/{id}/contact")]
    public async Task A_contact_checks_its_fields(string route)
    {
        var (caller, path) = await AtAsync(route);
        foreach (var body in new[] { """{"resend":"yes"}""", """{"how":"pigeon"}""", """{"how":"code"}""", """{"methodId":"none"}""", """{"methodId":7}""", $$"""{"methodId":"{{Long(101)}}"}""" })
        {
            BadInput.AssertProblem(await SendAsync(caller, path, body), 400, "invalid-request");
        }

        BadInput.AssertProblem(await caller.PostAsync(path, null, ("Idempotency-Key", "")), 400, "invalid-idempotency-key");
        BadInput.AssertProblem(await caller.GetAsync(path[..^"/contact".Length] + "?wait=soon"), 400, "invalid-request");
        Assert.Single(await Phone.TextsAsync());
    }

    [Fact]
    public async Task An_id_that_is_none_or_anothers_is_not_found()
    {
        using var bank = await Laptop.RelyingPartyAsync("bank");
        using var elsewhere = await Laptop.RelyingPartyAsync("shop", "fabrikam");
        using var blind = await Laptop.RelyingPartyAsync("shop2", "contoso", "mfa.verify", "mfa.verify.blind");
        using var other = await Laptop.SignInAsync();
        using var session = new Person(Laptop.Url, TokenSigner.Sign(Laptop, DateTimeOffset.UtcNow.AddMinutes(30), ("tid", "contoso"), ("sub", User.Id), ("oid", User.Id), ("azp", "front-end"), ("scp", "user_impersonation"), ("sid", "another")));
        using var own = User.Challenges();
        using var others = other.Challenges();
        using var anotherSession = session.Challenges();
        var theirs = (await ChallengeAsync(new() { ["contact"] = false }))["id"];
        var mine = (await User.PostAsync("me/challenges", new JsonObject { ["contact"] = false }))["id"];
        var enrollment = (await User.EnrollAppAsync(("Mfa-Assertion", Assertion)))["id"];

        string[] none = ["x", "..%2f..", new string('a', 54), theirs + "-1", theirs[..26] + "-" + new string('a', 27), enrollment, enrollment[..27] + "c" + enrollment[27..], new string('z', 3000), "'"];
        (Caller Caller, string[] Ids)[] strangers =
        [
            (Shop, [mine, .. none]), (bank, [theirs, mine]), (elsewhere, [theirs, mine]), (blind, [theirs, mine]),
            (own, [theirs, .. none]), (others, [theirs, mine]), (anotherSession, [theirs, mine]), (User, [theirs, mine]),
        ];
        foreach (var (caller, ids) in strangers)
        {
            foreach (var id in ids)
            {
                BadInput.AssertProblem(await caller.SeeAsync(id), 404, "not-found");
                BadInput.AssertProblem(await caller.WaitAsync(id, 1, "1"), 404, "not-found");
                BadInput.AssertProblem(await caller.ContactAsync(id), 404, "not-found");
                BadInput.AssertProblem(await caller.VerifyAsync(id, "123456"), 404, "not-found");
                BadInput.AssertProblem(await caller.DeleteAsync(id), 404, "not-found");
            }
        }

        Assert.Equal(("open", "open"), ((await Shop.SeeAsync(theirs))["state"], (await own.SeeAsync(mine))["state"]));
        Assert.Single(await Phone.TextsAsync());
    }

    private static Task<Reply> SendAsync(Caller caller, string path, string body) =>
        caller.SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")));

    // The route with a challenge of its caller's, which contacted nobody.
    private async Task<(Caller Caller, string Path)> AtAsync(string route)
    {
        var caller = route.StartsWith("me/", StringComparison.Ordinal) ? User : (Caller)Shop;
        var quiet = new JsonObject { ["contact"] = false };
        var opened = caller == User ? await User.PostAsync("me/challenges", quiet) : await ChallengeAsync(quiet);
        return (caller, route.Replace("{id}", opened["id"], StringComparison.Ordinal));
    }
}
