using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>Callers that can't prove who they are change nothing.</summary>
public sealed class Proofs(Storage storage) : IAsyncLifetime
{
    private Laptop _laptop = null!;
    private Person _user = null!;
    private Handset _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _laptop = await Laptop.StartAsync(storage);
        _user = await _laptop.SignInAsync();
        _phone = _laptop.NewPhone();
    }

    public ValueTask DisposeAsync()
    {
        _user.Dispose();
        return _laptop.DisposeAsync();
    }

    [Fact]
    public async Task A_call_event_without_the_carriers_token_is_refused()
    {
        var id = await ContactAsync("call");
        await _phone.AnswerAsync();
        await _phone.SaysAsync("press the pound key");
        var before = await _user.SeeAsync(id);
        var call = (await _phone.CallAsync())!;
        var body = $$$"""[{"id":"{{{Guid.NewGuid()}}}","source":"calling/x","type":"Microsoft.Communication.RecognizeCompleted","specversion":"1.0","datacontenttype":"application/json","data":{"callConnectionId":"{{{call["id"]}}}","operationContext":"1","recognitionType":"dtmf","dtmfResult":{"tones":["pound"]} } }]""";
        var path = $"/callbacks/calls/{before["verification.id"]}/1";
        using var key = RSA.Create(2048);
        foreach (var token in new[] { null, "x", _user.Token, Forged(key, DateTime.UtcNow.AddMinutes(5)), Unsigned() })
        {
            Assert.Equal(401, await PostAsync(path, body, token is null ? null : ("Authorization", "Bearer " + token)));
        }

        Assert.Equal(before["version"], (await _user.SeeAsync(id))["version"]);
    }

    [Fact]
    public async Task A_text_event_without_the_secret_is_refused_and_so_are_the_handshakes()
    {
        var id = await ContactAsync("text");
        var code = await _phone.CodeAsync();
        var before = await _user.WaitForVerificationAsync(id, "waiting");
        var body = $$$"""[{"id":"1","topic":"t","subject":"s","eventType":"Microsoft.Communication.SMSReceived","dataVersion":"1.0","metadataVersion":"1","eventTime":"2026-01-01T00:00:00Z","data":{"messageId":"m","from":"{{{_phone.Number[1..]}}}","to":"{{{Laptop.Sender[1..]}}}","message":"{{{code}}}"}}]""";
        var handshake = """[{"id":"1","topic":"t","subject":"s","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","dataVersion":"1","eventTime":"2026-01-01T00:00:00Z","data":{"validationCode":"abc"}}]""";
        foreach (var secret in new[] { "", "wrong", _laptop.Settings["Carrier:TextEventsSecrets"] + "x" })
        {
            Assert.Equal(401, await PostAsync("/callbacks/texts", body, ("X-Mfa-Events-Secret", secret)));
            Assert.Equal(401, await PostAsync("/callbacks/texts", handshake, ("X-Mfa-Events-Secret", secret), ("aeg-event-type", "SubscriptionValidation")));
            Assert.Equal(401, (await _user.SendAsync(HttpMethod.Options, "/callbacks/texts", null, ("X-Mfa-Events-Secret", secret), ("WebHook-Request-Origin", "eventgrid"))).Status);
        }

        Assert.Equal("waiting", (await _user.SeeAsync(id))["verification.state"]);
        Assert.Equal(before["verification.id"], (await _user.SeeAsync(id))["verification.id"]);
    }

    [Fact]
    public async Task Both_handshakes_are_answered_with_the_secret()
    {
        var secret = ("X-Mfa-Events-Secret", _laptop.Settings["Carrier:TextEventsSecrets"]!);
        var options = await _user.SendAsync(HttpMethod.Options, "/callbacks/texts", null, secret, ("WebHook-Request-Origin", "eventgrid.example"));
        Assert.Equal((200, "eventgrid.example"), (options.Status, options.Raw.Headers.GetValues("WebHook-Allowed-Origin").Single()));
        var body = new StringContent("""[{"id":"1","topic":"t","subject":"s","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","dataVersion":"1","eventTime":"2026-01-01T00:00:00Z","data":{"validationCode":"abc"}}]""", Encoding.UTF8, "application/json");
        var validation = await _user.SendAsync(HttpMethod.Post, "/callbacks/texts", body, secret, ("aeg-event-type", "SubscriptionValidation"));
        Assert.Equal((200, "abc"), (validation.Status, validation["validationResponse"]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{\"id\":1}]")]
    [InlineData("nonsense")]
    [InlineData("[{\"id\":\"1\",\"eventType\":\"Microsoft.Communication.SMSReceived\",\"subject\":\"s\",\"dataVersion\":\"1\",\"eventTime\":\"2026-01-01T00:00:00Z\",\"data\":[]}]")]
    public async Task A_proved_event_that_makes_no_sense_is_no_fault_of_ours(string body)
    {
        var status = await PostAsync("/callbacks/texts", body, ("X-Mfa-Events-Secret", _laptop.Settings["Carrier:TextEventsSecrets"]!));
        Assert.InRange(status, 200, 499);
    }

    [Fact]
    public async Task A_user_token_must_be_valid()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        using var expired = new Person(_laptop.Url, Forged(rsa, DateTime.UtcNow.AddMinutes(-10)));
        using var forged = new Person(_laptop.Url, Forged(rsa, DateTime.UtcNow.AddMinutes(10)));
        using var nonsense = new Person(_laptop.Url, "nonsense");
        using var unsigned = new Person(_laptop.Url, Unsigned());
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
        Assert.Equal(401, (int)(await http.GetAsync(_laptop.Url + "/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task An_assertion_of_another_user_session_or_kind_of_token_is_no_second_step()
    {
        var id = await ContactAsync("text");
        var assertion = (await _user.VerifyAsync(id, await _phone.CodeAsync()))["assertion"];
        BadInput.AssertProblem(await _user.EnrollAppAsync(), 403, "second-step-required");
        BadInput.AssertProblem(await _user.EnrollAppAsync(("Mfa-Assertion", _user.Token)), 403, "second-step-required");
        BadInput.AssertProblem(await _user.EnrollAppAsync(("Mfa-Assertion", assertion[..^3] + "abc")), 403, "second-step-required");

        using var other = await _laptop.SignInAsync();
        var theirs = (await other.EnrollPhoneAsync(_laptop.NewPhone().Number))["id"];
        Assert.Equal(404, (await other.SeeAsync(id)).Status);
        BadInput.AssertProblem(await _user.EnrollAppAsync(("Mfa-Assertion", theirs)), 403, "second-step-required");
        Assert.Equal(201, (await _user.EnrollAppAsync(("Mfa-Assertion", assertion))).Status);
    }

    [Fact]
    public async Task An_enrollment_opened_before_there_was_a_method_can_not_slip_in_after()
    {
        var app = await _user.EnrollAppAsync();
        await _user.ContactAsync(app["id"]);
        var id = await ContactAsync("text");
        var first = await _user.VerifyAsync(id, await _phone.CodeAsync());
        Assert.Equal("verified", first["state"]);

        var code = await Tool.RunAsync("oathtool", "--totp", "--base32", app["activation.secretKey"].Replace(" ", "", StringComparison.Ordinal));
        BadInput.AssertProblem(await _user.VerifyAsync(app["id"], code), 403, "second-step-required");
        Assert.Equal("failed", (await _user.SeeAsync(app["id"]))["state"]);
        Assert.Single((await _user.GetAsync("me")).Body!["methods"]!.AsArray());

        var again = await _user.EnrollAppAsync(("Mfa-Assertion", first["assertion"]));
        await _user.ContactAsync(again["id"]);
        code = await Tool.RunAsync("oathtool", "--totp", "--base32", again["activation.secretKey"].Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("verified", (await _user.VerifyAsync(again["id"], code))["state"]);
        Assert.Equal(2, (await _user.GetAsync("me")).Body!["methods"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_assertion_is_signed_by_a_published_key_and_says_how()
    {
        var id = await ContactAsync("text");
        var assertion = (await _user.VerifyAsync(id, await _phone.CodeAsync()))["assertion"];
        var keys = new JsonWebKeySet((await _user.GetAsync("/.well-known/jwks.json")).Body!.ToJsonString());
        var read = await new JsonWebTokenHandler().ValidateTokenAsync(assertion, new TokenValidationParameters { ValidAudience = "self", ValidateIssuer = false, IssuerSigningKeys = keys.GetSigningKeys() });
        Assert.True(read.IsValid, read.Exception?.Message);
        Assert.Contains("sms", ((IEnumerable<object>)read.Claims["amr"]).Select(a => a.ToString()));
        Assert.Equal("session", read.Claims["sid"]);
        Assert.DoesNotContain("d\":", (await _user.GetAsync("/.well-known/jwks.json")).Body!.ToJsonString().Replace("kid\":", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private string Forged(RSA key, DateTime expires) => Seen.Secret(new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = _laptop.Settings["Carrier:CallbackIssuer"],
        Audience = _laptop.Settings["Carrier:CallbackAudience"],
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

    private async Task<string> ContactAsync(string delivery)
    {
        var id = (await _user.EnrollPhoneAsync(_phone.Number, delivery))["id"];
        Assert.Equal(202, (await _user.ContactAsync(id)).Status);
        return id;
    }

    private async Task<int> PostAsync(string path, string body, params (string Name, string Value)?[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _laptop.Url + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
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
