using System.Text;
using Mfa.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Contract;

/// <summary>Every route with every kind of credential: a proof of one kind never serves as another.</summary>
public sealed partial class Callers(Storage storage) : LaptopTest(storage)
{
    private enum Takes
    {
        Anyone, Users, RelyingParties, Admins, AdminReaders, CallEvents, TextEvents, Devices, SignInPages, AccessTokens,
    }

    private enum Proof
    {
        None,
        Nonsense,
        User,
        AdminUser,
        AdminReader,
        AdminApplication,
        Application,
        ApplicationWithoutScope,
        ApplicationOfItself,
        RelyingParty,
        BlindRoleAlone,
        OtherRole,
        UserWithRole,
        IdTokenWithRole,
        Forged,
        Expired,
        CallEvent,
        TextEvent,
        SignInTicket,
    }

    private readonly HttpClient _http = new();
    private Tap _callbacks = null!;

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false", ["Service:PublicUrl"] = _callbacks.Url, ["Policy:AppPasswords"] = "true" };

    public override async ValueTask InitializeAsync()
    {
        _callbacks = await Tap.StartAsync("http://127.0.0.1:9");
        await base.InitializeAsync();
        _callbacks.Target = new Uri(Laptop.Url);
    }

    [Fact]
    public async Task A_route_takes_its_own_callers_and_no_others()
    {
        Assert.Equal(s_routes.Keys.Order(), Routes.All.Select(r => r.Name).Order());
        var proofs = await ProofsAsync();
        var wrong = new List<string>();
        foreach (var (route, method) in Routes.All.SelectMany(r => r.Methods.Select(m => (r, m))))
        {
            foreach (var (proof, header) in proofs)
            {
                Laptop.Tables.Forget();
                var (status, body) = await SendAsync(method, route, header);
                var asExpected = Refusal(s_routes[route.Name], proof) is var (expected, why)
                    ? status == expected && body.Contains($"\"code\":\"{why}\"", StringComparison.Ordinal) && Asked().Length == 0
                    : status is not (401 or 403 or >= 500);
                if (!asExpected)
                {
                    wrong.Add($"{method} {route.Name} with {proof}: {status} {body}, of storage: {string.Join(", ", Asked())}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public async Task An_applications_route_takes_its_role_and_no_user()
    {
        var route = new Route("Test", ["GET"], "test", Access.Application("mfa.test"), c => Task.FromResult(Results.Text($"{c.Caller.Application!.Tenant} {c.Caller.Application.Client}")));
        Assert.Equal((401, "unauthorized"), await RunAsync(route, null));
        Assert.Equal((403, "wrong-caller"), await RunAsync(route, await TokenAsync("client=shop")));
        Assert.Equal((403, "wrong-caller"), await RunAsync(route, await TokenAsync("client=shop&role=mfa.tester")));
        Assert.Equal((403, "wrong-caller"), await RunAsync(route, await TokenAsync("user=alice&role=mfa.test")));
        // Not a user's is not enough: an ID token, say, is no application's, though it may name roles and the client that it is for.
        (string, object)[] neither = [("tid", "contoso"), ("sub", "alice"), ("oid", "alice"), ("azp", "shop"), ("roles", "mfa.test")];
        Assert.Equal((403, "wrong-caller"), await RunAsync(route, TokenSigner.Sign(Laptop, DateTimeOffset.UtcNow.AddMinutes(30), neither)));
        Assert.Equal((200, "contoso shop"), await RunAsync(route, await TokenAsync("client=shop&role=mfa.test")));
        Assert.Equal((200, "fabrikam shop"), await RunAsync(route, await TokenAsync("client=shop&role=mfa.test&role=other&tenant=fabrikam")));
    }

    // Null: it passes.
    private static (int Status, string Code)? Refusal(Takes takes, Proof proof) => (takes, proof) switch
    {
        (Takes.Anyone, _) or (Takes.CallEvents, Proof.CallEvent) or (Takes.TextEvents, Proof.TextEvent) or (Takes.RelyingParties, Proof.RelyingParty) or (Takes.SignInPages, Proof.SignInTicket) => null,
        (Takes.Users, Proof.User or Proof.AdminUser or Proof.AdminReader or Proof.UserWithRole) => null,
        (Takes.Admins or Takes.AdminReaders, Proof.AdminUser or Proof.AdminApplication or Proof.OtherRole) or (Takes.AdminReaders, Proof.AdminReader) => null,
        (Takes.Users or Takes.RelyingParties or Takes.Admins or Takes.AdminReaders, >= Proof.User and <= Proof.IdTokenWithRole) => (403, "wrong-caller"),
        (Takes.Devices, _) => (401, "device-proof"),
        _ => (401, "unauthorized"),
    };

    private async Task<Dictionary<Proof, (string Name, string Value)?>> ProofsAsync()
    {
        var (later, before) = (DateTimeOffset.UtcNow.AddMinutes(30), DateTimeOffset.UtcNow.AddMinutes(-10));
        (string, object)[] user = [("tid", "contoso"), ("sub", "alice"), ("oid", "alice"), ("azp", "front-end"), ("scp", "user_impersonation")];
        (string, object)[] application = [("tid", "contoso"), ("sub", "x"), ("oid", "x"), ("azp", "shop")];
        (string, object)[] itself = [("tid", "contoso"), ("sub", "shop"), ("oid", "shop"), ("azp", "shop"), ("scp", "user_impersonation")];
        return new()
        {
            [Proof.None] = null,
            [Proof.Nonsense] = Bearer("nonsense"),
            [Proof.User] = Bearer(TokenSigner.Sign(Laptop, later, user)),
            [Proof.AdminUser] = Bearer(await TokenAsync("user=ada&role=mfa.admin")),
            [Proof.AdminReader] = Bearer(await TokenAsync("user=rita&role=mfa.admin.read")),
            [Proof.AdminApplication] = Bearer(await TokenAsync("client=hr&role=mfa.admin")),
            [Proof.Application] = Bearer(await TokenAsync("client=shop")),
            [Proof.ApplicationWithoutScope] = Bearer(TokenSigner.Sign(Laptop, later, application)),
            [Proof.ApplicationOfItself] = Bearer(TokenSigner.Sign(Laptop, later, itself)),
            [Proof.RelyingParty] = Bearer(await TokenAsync("client=shop&role=mfa.verify")),
            [Proof.BlindRoleAlone] = Bearer(await TokenAsync("client=shop&role=mfa.verify.blind")),
            [Proof.OtherRole] = Bearer(await TokenAsync("client=shop&role=mfa.admin")),
            [Proof.UserWithRole] = Bearer(await TokenAsync("user=alice&role=mfa.verify")),
            [Proof.IdTokenWithRole] = Bearer(TokenSigner.Sign(Laptop, later, ("tid", "contoso"), ("sub", "alice"), ("oid", "alice"), ("azp", "shop"), ("roles", "mfa.verify"))),
            [Proof.Forged] = Bearer(TokenSigner.Forge(Laptop, later, user)),
            [Proof.Expired] = Bearer(TokenSigner.Sign(Laptop, before, user)),
            [Proof.CallEvent] = ("Authorization", await CallEventProofAsync()),
            [Proof.TextEvent] = ("X-Mfa-Events-Secret", Laptop.Settings["Carrier:TextEventsSecrets"]!),
            [Proof.SignInTicket] = ("Authorization", "MfaSignIn p" + new string('A', 43)),
        };
    }

    // The network proves each event of a call anew: one is kept on its way, and then the line is quiet.
    private async Task<string> CallEventProofAsync()
    {
        var id = await ContactAsync("call");
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await User.SendAsync(HttpMethod.Delete, $"me/enrollments/{id}");
        await Phone.EndsAsync();
        var proof = _callbacks.Requests.First().Authorization;
        Assert.StartsWith("Bearer ey", proof, StringComparison.Ordinal);
        await QuietAsync();
        Seen.Secret(proof["Bearer ".Length..]);
        return proof;
    }

    private static (string, string)? Bearer(string token) => ("Authorization", "Bearer " + token);

    private async Task<string> TokenAsync(string query)
    {
        var answer = System.Text.Json.Nodes.JsonNode.Parse(await _http.GetStringAsync($"{Laptop.Issuer ?? Laptop.Url}/dev/token?{query}"));
        return Seen.Secret(answer!["access_token"]!.ToString());
    }

    private async Task<(int Status, string Body)> SendAsync(string method, Route route, (string Name, string Value)? header)
    {
        var path = route.Template.Replace("{*path}", "nothing/here", StringComparison.Ordinal).Replace("{attempt}", "1", StringComparison.Ordinal).Replace("{verificationId}", "x", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal).Replace("{user}", "x", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Laptop.Url}/{path}");
        request.Content = method is "GET" or "HEAD" or "OPTIONS" ? null : new StringContent("{}", Encoding.UTF8, "application/json");
        if (header is var (name, value))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    // What others were let do before is copied for the feed meanwhile.
    private string[] Asked() => [.. Laptop.Tables.Requests.Where(r => !Laptop.IsOfFeed(r)).Select(r => $"{r.Method} {r.Path}")];

    // A route that no head serves, through the wrapper that every head puts round its routes.
    private async Task<(int Status, string Says)> RunAsync(Route route, string? token)
    {
        await using var scope = Laptop.Head.Services.CreateAsyncScope();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (http.Request.Method, http.Response.Body) = ("GET", body);
        if (token is not null)
        {
            http.Request.Headers.Authorization = "Bearer " + token;
        }

        var result = await scope.ServiceProvider.GetRequiredService<EndpointRunner>().RunAsync(route, http.Request);
        await result.ExecuteAsync(http);
        var text = Encoding.UTF8.GetString(body.ToArray());
        return (http.Response.StatusCode, http.Response.StatusCode == 200 ? text : System.Text.Json.Nodes.JsonNode.Parse(text)!["code"]!.ToString());
    }
}
