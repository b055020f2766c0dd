using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>What Entra reads of us and what we read of it, and how a key of either is replaced.</summary>
public sealed class ExternalMfaDocuments(Storage storage)
{
    private static readonly string[] s_paths = [".well-known/openid-configuration", "jwks.json"];

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task The_documents_are_as_Entra_wants_them_and_hold_no_secret()
    {
        await using var laptop = await EntraLaptop.StartAsync(storage);
        var keys = await laptop.Entra.Provider.KeysAsync();
        Assert.Equal(laptop.Laptop.Url + "/external-mfa/authorize", laptop.Entra.Provider.Authorize);
        var key = Assert.Single(keys)!;
        Assert.Equal(EntraLaptop.Key.Kid, key["kid"]!.ToString());
        Assert.Empty(key.AsObject().Select(k => k.Key).Except(["kty", "use", "alg", "kid", "x5t", "x5c", "n", "e"]));
        using var http = new HttpClient();
        var document = JsonNode.Parse(await http.GetStringAsync(new Uri(laptop.Laptop.Url + "/external-mfa/.well-known/openid-configuration")))!;
        Assert.Equal(laptop.Laptop.Url + "/external-mfa", document["issuer"]!.ToString());
        // The keys of assertions are others, and stay where they are.
        var own = JsonNode.Parse(await http.GetStringAsync(new Uri(laptop.Laptop.Url + "/.well-known/jwks.json")))!["keys"]!.AsArray();
        Assert.DoesNotContain(own, k => k!["kid"]!.ToString() == EntraLaptop.Key.Kid);
    }

    [Fact]
    public async Task Without_an_app_registration_there_is_nothing_here()
    {
        await using var laptop = await Laptop.StartAsync(storage);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        foreach (var path in s_paths.Append("answer"))
        {
            using var got = await http.GetAsync($"{laptop.Url}/external-mfa/{path}");
            Assert.Equal((path, HttpStatusCode.NotFound), (path, got.StatusCode));
        }

        using var form = new FormUrlEncodedContent([KeyValuePair.Create("scope", "openid")]);
        using var posted = await http.PostAsync(laptop.Url + "/external-mfa/authorize", form);
        Assert.Equal((HttpStatusCode.NotFound, null), (posted.StatusCode, posted.Headers.Location));
        using var body = new StringContent("""{"answer":"x"}""", System.Text.Encoding.UTF8, "application/json");
        using var asked = await http.PostAsync(laptop.Url + "/external-mfa/answers/aaaaaaaaaaaaaaaaaaaaaaaaaa-c0000000000000000", body);
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
    }

    [Fact]
    public async Task A_key_of_ours_is_replaced_while_Entra_keeps_the_document_of_before()
    {
        using var next = new EntraKey();
        var (first, both) = (("ExternalMfa:Newest", (string?)"e1"), ("ExternalMfa:Keys:e2", (string?)next.Pkcs12));
        await using var laptop = await EntraLaptop.StartAsync(storage, null, first, both);
        Assert.Equal([EntraLaptop.Key.Kid, next.Kid], (await laptop.Entra.Provider.KeysAsync()).Select(k => k!["kid"]!.ToString()).OrderBy(k => k != EntraLaptop.Key.Kid));
        Assert.Equal(EntraLaptop.Key.Kid, await SignedByAsync(laptop, laptop.Laptop.Url));
        // The head after the switch; Entra asked nobody since, and still knows it by the address of the first one.
        await using var after = await laptop.Laptop.AddHeadAsync(settings: new() { ["ExternalMfa:Newest"] = "e2", ["Service:PublicUrl"] = laptop.Laptop.Url });
        Assert.Equal(next.Kid, await SignedByAsync(laptop, after.Url.ToString().TrimEnd('/')));
    }

    [Fact]
    public async Task A_key_of_Entras_that_is_new_is_asked_for_once_and_one_that_is_none_is_not_asked_for_each_time()
    {
        await using var laptop = await EntraLaptop.StartAsync(storage, _time);
        var entra = laptop.Entra;
        await AcceptedAsync(laptop);
        await AcceptedAsync(laptop);
        Assert.Equal((1, 1), (entra.DocumentAsked, entra.KeysAsked));
        _time.Advance(TimeSpan.FromMinutes(2));
        entra.Rotate();
        await AcceptedAsync(laptop);
        await AcceptedAsync(laptop);
        Assert.Equal(2, entra.KeysAsked);
        _time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 5; i++)
        {
            await RefusedAsync(laptop, HttpStatusCode.BadRequest, Unpublished);
        }

        Assert.InRange(entra.KeysAsked, 2, 3);
        // And those that are good are taken meanwhile.
        await AcceptedAsync(laptop);
        Assert.InRange(entra.KeysAsked, 2, 3);
    }

    [Fact]
    public async Task A_key_that_Entra_withdrew_counts_no_more_after_a_day()
    {
        await using var laptop = await EntraLaptop.StartAsync(storage, _time);
        await AcceptedAsync(laptop);
        var old = laptop.Entra.Key;
        laptop.Entra.Rotate();
        _time.Advance(TimeSpan.FromHours(25));
        await RefusedAsync(laptop, HttpStatusCode.BadRequest, hint => (hint.Header["kid"], hint.Sign) = (old.Kid, old.Sign));
        await AcceptedAsync(laptop);
    }

    [Fact]
    public async Task While_Entra_is_away_its_keys_of_before_serve_and_it_is_not_asked_by_every_request()
    {
        await using var laptop = await EntraLaptop.StartAsync(storage, _time);
        await AcceptedAsync(laptop);
        laptop.Entra.IsAway = true;
        _time.Advance(TimeSpan.FromHours(13));
        await AcceptedAsync(laptop);
        var asked = laptop.Entra.DocumentAsked;
        for (var i = 0; i < 5; i++)
        {
            await AcceptedAsync(laptop);
            await RefusedAsync(laptop, HttpStatusCode.BadRequest, Unpublished);
        }

        Assert.Equal(asked, laptop.Entra.DocumentAsked);
    }

    [Fact]
    public async Task Before_Entras_keys_were_ever_had_nobody_is_let_in_and_it_is_no_fault_of_the_request()
    {
        await using var laptop = await EntraLaptop.StartAsync(storage, _time);
        laptop.Entra.IsAway = true;
        await RefusedAsync(laptop, HttpStatusCode.ServiceUnavailable);
        laptop.Entra.IsAway = false;
        _time.Advance(TimeSpan.FromMinutes(2));
        await AcceptedAsync(laptop);
    }

    private static async Task AcceptedAsync(EntraLaptop laptop)
    {
        using var answer = await laptop.PostAsync(laptop.Entra.Ask(EntraUser.New()));
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task RefusedAsync(EntraLaptop laptop, HttpStatusCode status, Action<EntraHint>? hint = null)
    {
        using var answer = await laptop.PostAsync(laptop.Entra.Ask(EntraUser.New(), hint));
        Assert.Equal((status, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    private static void Unpublished(EntraHint hint)
    {
        var key = new EntraKey();
        (hint.Header["kid"], hint.Sign) = (key.Kid, key.Sign);
    }

    /// <summary>Signs somebody in before a head, and says which key it signed by.</summary>
    private static async Task<string> SignedByAsync(EntraLaptop laptop, string url)
    {
        var (user, app) = await laptop.WithAppAsync();
        using var page = await laptop.OpenAsync(user);
        using var there = new SignInVisit(url, page.Id, page.Ticket, SignInVisit.NewWindow());
        await there.SeeAsync();
        var verified = await there.VerifyAsync(there.Id, await app.CodeAsync(steps: 1));
        Assert.True(verified.Status == 200, verified.ToString());
        var (challenge, answer) = laptop.Left(verified);
        var form = await EntraLaptop.AskAnswerAsync(url, challenge, answer);
        var outcome = await laptop.BringFormAsync(form);
        Assert.True(outcome.IsSignedIn, outcome.ToString());
        return JsonNode.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(form["fields.id_token"].Split('.')[0]))!["kid"]!.ToString();
    }
}
