using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>Callers that can't prove who they are change nothing.</summary>
public sealed class Proofs(Storage storage) : LaptopTest(storage)
{
    [Fact]
    public async Task A_call_event_without_the_carriers_token_is_refused()
    {
        var id = await ContactAsync("call");
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        var before = await User.SeeAsync(id);
        var call = (await Phone.CallAsync())!;
        var body = $$$"""[{"id":"{{{Guid.NewGuid()}}}","source":"calling/x","type":"Microsoft.Communication.RecognizeCompleted","specversion":"1.0","datacontenttype":"application/json","data":{"callConnectionId":"{{{call["id"]}}}","operationContext":"1","recognitionType":"dtmf","dtmfResult":{"tones":["pound"]} } }]""";
        var path = $"/callbacks/calls/{before["verification.id"]}/1";
        using var key = RSA.Create(2048);
        foreach (var token in new[] { null, "x", User.Token, Forged(key, DateTime.UtcNow.AddMinutes(5)), Unsigned() })
        {
            Assert.Equal(401, await PostAsync(path, body, token is null ? null : ("Authorization", "Bearer " + token)));
        }

        Assert.Equal(before["version"], (await User.SeeAsync(id))["version"]);
    }

    [Fact]
    public async Task A_text_event_without_the_secret_is_refused_and_so_are_the_handshakes()
    {
        var id = await ContactAsync("text");
        var code = await Phone.CodeAsync();
        var before = await User.WaitForVerificationAsync(id, "waiting");
        var body = $$$"""[{"id":"1","topic":"t","subject":"s","eventType":"Microsoft.Communication.SMSReceived","dataVersion":"1.0","metadataVersion":"1","eventTime":"2026-01-01T00:00:00Z","data":{"messageId":"m","from":"{{{Phone.Number[1..]}}}","to":"{{{Laptop.Sender[1..]}}}","message":"{{{code}}}"}}]""";
        var handshake = """[{"id":"1","topic":"t","subject":"s","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","dataVersion":"1","eventTime":"2026-01-01T00:00:00Z","data":{"validationCode":"abc"}}]""";
        foreach (var secret in new[] { "", "wrong", Laptop.Settings["Carrier:TextEventsSecrets"] + "x" })
        {
            Assert.Equal(401, await PostAsync("/callbacks/texts", body, ("X-Mfa-Events-Secret", secret)));
            Assert.Equal(401, await PostAsync("/callbacks/texts", handshake, ("X-Mfa-Events-Secret", secret), ("aeg-event-type", "SubscriptionValidation")));
            Assert.Equal(401, (await User.SendAsync(HttpMethod.Options, "/callbacks/texts", null, ("X-Mfa-Events-Secret", secret), ("WebHook-Request-Origin", "eventgrid"))).Status);
        }

        Assert.Equal("waiting", (await User.SeeAsync(id))["verification.state"]);
        Assert.Equal(before["verification.id"], (await User.SeeAsync(id))["verification.id"]);
    }

    [Fact]
    public async Task Both_handshakes_are_answered_with_the_secret()
    {
        var secret = ("X-Mfa-Events-Secret", Laptop.Settings["Carrier:TextEventsSecrets"]!);
        var options = await User.SendAsync(HttpMethod.Options, "/callbacks/texts", null, secret, ("WebHook-Request-Origin", "eventgrid.example"));
        Assert.Equal((200, "eventgrid.example"), (options.Status, options.Raw.Headers.GetValues("WebHook-Allowed-Origin").Single()));
        var body = new StringContent("""[{"id":"1","topic":"t","subject":"s","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","dataVersion":"1","eventTime":"2026-01-01T00:00:00Z","data":{"validationCode":"abc"}}]""", Encoding.UTF8, "application/json");
        var validation = await User.SendAsync(HttpMethod.Post, "/callbacks/texts", body, secret, ("aeg-event-type", "SubscriptionValidation"));
        Assert.Equal((200, "abc"), (validation.Status, validation["validationResponse"]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[{\"id\":1}]")]
    [InlineData("nonsense")]
    [InlineData("[{\"id\":\"1\",\"eventType\":\"Microsoft.Communication.SMSReceived\",\"subject\":\"s\",\"dataVersion\":\"1\",\"eventTime\":\"2026-01-01T00:00:00Z\",\"data\":[]}]")]
    public async Task A_proved_event_that_makes_no_sense_is_no_fault_of_ours(string body)
    {
        var status = await PostAsync("/callbacks/texts", body, ("X-Mfa-Events-Secret", Laptop.Settings["Carrier:TextEventsSecrets"]!));
        Assert.InRange(status, 200, 499);
    }

    [Fact]
    public async Task AUser_token_must_be_valid()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        using var expired = new Person(Laptop.Url, Forged(rsa, DateTime.UtcNow.AddMinutes(-10)));
        using var forged = new Person(Laptop.Url, Forged(rsa, DateTime.UtcNow.AddMinutes(10)));
        using var nonsense = new Person(Laptop.Url, "nonsense");
        using var unsigned = new Person(Laptop.Url, Unsigned());
        foreach (var caller in new[] { expired, forged, nonsense, unsigned })
        {
            foreach (var send in new Func<Task<Reply>>[] { () => caller.GetAsync("me"), () => caller.GetAsync("countries"), () => caller.EnrollAppAsync(), () => caller.SeeAsync("x"), () => caller.ContactAsync("x"), () => caller.VerifyAsync("x", "123456"), () => caller.SendAsync(HttpMethod.Delete, "me/enrollments/x") })
            {
                var answer = await send();
                BadInput.AssertProblem(answer, 401, "unauthorized");
                Assert.StartsWith("Bearer", answer.Raw.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            }
        }

        using var http = new HttpClient();
        Assert.Equal(401, (int)(await http.GetAsync(Laptop.Url + "/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task An_assertion_of_anotherUser_session_or_kind_of_token_is_no_second_step()
    {
        var id = await ContactAsync("text");
        var assertion = (await User.VerifyAsync(id, await Phone.CodeAsync()))["assertion"];
        BadInput.AssertProblem(await User.EnrollAppAsync(), 401, "second-step-required");
        BadInput.AssertProblem(await User.EnrollAppAsync(("Mfa-Assertion", User.Token)), 401, "second-step-required");
        BadInput.AssertProblem(await User.EnrollAppAsync(("Mfa-Assertion", assertion[..^3] + "abc")), 401, "second-step-required");

        using var other = await Laptop.SignInAsync();
        var theirs = (await other.EnrollPhoneAsync(Laptop.NewPhone().Number))["id"];
        Assert.Equal(404, (await other.SeeAsync(id)).Status);
        BadInput.AssertProblem(await User.EnrollAppAsync(("Mfa-Assertion", theirs)), 401, "second-step-required");
        Assert.Equal(201, (await User.EnrollAppAsync(("Mfa-Assertion", assertion))).Status);
    }

    [Fact]
    public async Task An_enrollment_opened_before_there_was_a_method_can_not_slip_in_after()
    {
        var app = await User.EnrollAppAsync();
        await User.ContactAsync(app["id"]);
        var id = await ContactAsync("text");
        var first = await User.VerifyAsync(id, await Phone.CodeAsync());
        Assert.Equal("verified", first["state"]);

        var code = await AuthenticatorAsync(app);
        BadInput.AssertProblem(await User.VerifyAsync(app["id"], code), 401, "second-step-required");
        Assert.Equal("failed", (await User.SeeAsync(app["id"]))["state"]);
        Assert.Single((await User.GetAsync("me")).Body!["methods"]!.AsArray());

        var again = await User.EnrollAppAsync(("Mfa-Assertion", first["assertion"]));
        await User.ContactAsync(again["id"]);
        code = await AuthenticatorAsync(again);
        Assert.Equal("verified", (await User.VerifyAsync(again["id"], code))["state"]);
        Assert.Equal(2, (await User.GetAsync("me")).Body!["methods"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_assertion_is_signed_by_a_published_key_and_says_how()
    {
        var id = await ContactAsync("text");
        var assertion = (await User.VerifyAsync(id, await Phone.CodeAsync()))["assertion"];
        var keys = new JsonWebKeySet((await User.GetAsync("/.well-known/jwks.json")).Body!.ToJsonString());
        var read = await new JsonWebTokenHandler().ValidateTokenAsync(assertion, new TokenValidationParameters { ValidAudience = "self", ValidateIssuer = false, IssuerSigningKeys = keys.GetSigningKeys() });
        Assert.True(read.IsValid, read.Exception?.Message);
        Assert.Contains("sms", ((IEnumerable<object>)read.Claims["amr"]).Select(a => a.ToString()));
        Assert.Equal("session", read.Claims["sid"]);
        Assert.DoesNotContain("d\":", (await User.GetAsync("/.well-known/jwks.json")).Body!.ToJsonString().Replace("kid\":", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private string Forged(RSA key, DateTime expires) => Seen.Secret(new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Laptop.Settings["Carrier:CallbackIssuer"],
        Audience = Laptop.Settings["Carrier:CallbackAudience"],
        NotBefore = expires.AddMinutes(-20),
        IssuedAt = expires.AddMinutes(-20),
        Expires = expires,
        Claims = new Dictionary<string, object> { ["sub"] = "alice", ["oid"] = "alice", ["tid"] = "contoso" },
        SigningCredentials = new(new RsaSecurityKey(key) { KeyId = "k" }, SecurityAlgorithms.RsaSha256),
    }));

    private static string Unsigned() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Subject = new ClaimsIdentity([new Claim("oid", "alice"), new Claim("tid", "contoso")]),
        Expires = DateTime.UtcNow.AddMinutes(5),
    });

    private async Task<int> PostAsync(string path, string body, params (string Name, string Value)?[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Laptop.Url + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var header in headers)
        {
            if (header is var (name, value))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return (int)(await http.SendAsync(request)).StatusCode;
    }
}
