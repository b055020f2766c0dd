using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Mfa.Contract;

/// <summary>Bad input gets a problem with a code, changes nothing and sends nothing.</summary>
public sealed class BadInput(Storage storage) : LaptopTest(storage)
{
    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false", ["Policy:AllowedRegions"] = "NL,US,GB,DE" };

    public static TheoryData<string, string, string> Enrollments => new()
    {
        { "{}", "invalid-request", "method" },
        { """{"method":7}""", "invalid-request", "method" },
        { """{"method":"pigeon"}""", "invalid-request", "method" },
        { """{"method":"mobileApp"}""", "invalid-request", "mode" },
        { """{"method":"mobileApp","mode":["code"]}""", "invalid-request", "mode" },
        { """{"method":"authenticationPhone"}""", "invalid-request", "region" },
        { """{"method":"authenticationPhone","region":"NL"}""", "invalid-request", "number" },
        { """{"method":"authenticationPhone","region":"NL","number":612345678}""", "invalid-request", "number" },
        { """{"method":"authenticationPhone","region":"Netherlands","number":"0612345678"}""", "invalid-request", "region" },
        { """{"method":"authenticationPhone","region":"XX","number":"0612345678"}""", "unknown-region", "region" },
        { """{"method":"authenticationPhone","region":"NL","number":"0612345678","delivery":"fax"}""", "invalid-request", "delivery" },
        { """{"method":"authenticationPhone","region":"NL","number":"06123456780612345678061234567806123456780"}""", "invalid-request", "number" },
        { """{"method":"authenticationPhone","region":"NL","number":"call me"}""", "not-a-number", "number" },
        { """{"method":"authenticationPhone","region":"NL","number":"0612"}""", "too-short", "number" },
        { """{"method":"authenticationPhone","region":"NL","number":"0612345678901234567"}""", "too-long", "number" },
        { """{"method":"authenticationPhone","region":"NL","number":"112"}""", "emergency", "number" },
        { """{"method":"authenticationPhone","region":"US","number":"911"}""", "emergency", "number" },
        { """{"method":"authenticationPhone","region":"GB","number":"0909 8790000"}""", "premium-rate", "number" },
        { """{"method":"authenticationPhone","region":"NL","number":"0900 1234"}""", "premium-rate", "number" },
        { """{"method":"authenticationPhone","region":"NL","number":"020 555 0100"}""", "cannot-receive-texts", "number" },
        { """{"method":"authenticationPhone","region":"NL","number":"+32 470 12 34 56"}""", "region-mismatch", "number" },
        { """{"method":"authenticationPhone","region":"BE","number":"0470 12 34 56"}""", "region-not-allowed", "number" },
        { """{"method":"authenticationPhone","region":"NL","number":"06\ud80012345678"}""", "invalid-request", "number" },
        { """{"method":"authenticationPhone","region":"NL","number":"06\u000012345678"}""", "invalid-request", "number" },
    };

    [Theory]
    [MemberData(nameof(Enrollments))]
    public async Task A_wrong_field_is_named(string body, string code, string field)
    {
        var answer = await SendAsync(HttpMethod.Post, "me/enrollments", body);
        AssertProblem(answer, 400, code);
        Assert.NotNull(answer.Body!["errors"]![field]);
        Assert.Empty((await User.GetAsync("me")).Body!["methods"]!.AsArray());
    }

    [Fact]
    public async Task OfficePhone_without_one_in_the_directory_is_refused() =>
        AssertProblem(await SendAsync(HttpMethod.Post, "me/enrollments", """{"method":"officePhone"}"""), 409, "no-office-phone");

    public static TheoryData<string> PostRoutes =>
    [
        "me/enrollments", "me/enrollments/{id}/contact", "me/enrollments/{id}/verify",
        "me/challenges", "me/challenges/{id}/contact", "me/challenges/{id}/verify",
        "challenges", "challenges/{id}/contact", "challenges/{id}/verify", "verify",
    ];

    [Theory]
    [MemberData(nameof(PostRoutes))]
    public async Task A_body_that_is_no_small_json_object_is_refused(string route)
    {
        using var shop = await Laptop.RelyingPartyAsync();
        Caller caller = route.StartsWith("me/", StringComparison.Ordinal) ? User : shop;
        var path = route.Replace("{id}", await NewIdAsync(), StringComparison.Ordinal);
        AssertProblem(await SendAsync(caller, path, "{"), 400, "invalid-json");
        AssertProblem(await SendAsync(caller, path, "[1]"), 400, "invalid-json");
        AssertProblem(await SendAsync(caller, path, "null"), 400, "invalid-json");
        if (path is "me/enrollments" or "challenges" or "verify")
        {
            var missing = await SendAsync(caller, path, "");
            AssertProblem(missing, 400, "invalid-json");
            Assert.Equal("The body is missing.", missing["detail"]);
        }

        AssertProblem(await SendAsync(caller, path, """{"\ud800xxxxxxxxxxxx":1}"""), 400, "invalid-json");
        AssertProblem(await SendAsync(caller, path, "{}", "text/plain"), 415, "unsupported-media-type");
        AssertProblem(await SendAsync(caller, path, "{}", "application/json; charset=utf-16"), 415, "unsupported-media-type");
        AssertProblem(await SendAsync(caller, path, [(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}']), 400, "invalid-json");
        AssertProblem(await SendAsync(caller, path, $$"""{"x":"{{new string('x', 64 * 1024)}}"}"""), 413, "too-large");
        AssertProblem(await caller.SendAsync(HttpMethod.Post, path, new StreamContent(new MemoryStream(new byte[70_000])) { Headers = { ContentType = new("application/json") } }, ("Transfer-Encoding", "chunked")), 413, "too-large");
        AssertProblem(await SendAsync(caller, path, new string('[', 5000)), 400, "invalid-json");
    }

    [Fact]
    public async Task Contact_and_verify_check_their_fields()
    {
        var id = await NewIdAsync();
        AssertProblem(await SendAsync(HttpMethod.Post, $"me/enrollments/{id}/contact", """{"resend":"yes"}"""), 400, "invalid-request");
        AssertProblem(await SendAsync(HttpMethod.Post, $"me/enrollments/{id}/contact", """{"how":"pigeon"}"""), 400, "invalid-request");
        AssertProblem(await SendAsync(HttpMethod.Post, $"me/enrollments/{id}/contact", """{"how":"code"}"""), 400, "invalid-request");
        AssertProblem(await SendAsync(HttpMethod.Post, $"me/enrollments/{id}/verify", """{"code":123456}"""), 400, "invalid-request");
        AssertProblem(await SendAsync(HttpMethod.Post, $"me/enrollments/{id}/verify", """{"code":"12345"}"""), 400, "invalid-request");
        AssertProblem(await SendAsync(HttpMethod.Post, $"me/enrollments/{id}/verify", """{"code":"abcdef"}"""), 400, "invalid-request");
        AssertProblem(await SendAsync(HttpMethod.Post, $"me/enrollments/{id}/verify", """{"code":"123456"}"""), 409, "not-contacted");
        Assert.Equal(0, Laptop.Carrier.Count(_ => true));
    }

    [Fact]
    public async Task A_call_takes_no_code_and_a_landline_no_text()
    {
        var id = (await User.EnrollPhoneAsync("+31205550100", "call"))["id"];
        AssertProblem(await SendAsync(HttpMethod.Post, $"me/enrollments/{id}/contact", """{"how":"text"}"""), 400, "cannot-receive-texts");
        await User.ContactAsync(id);
        AssertProblem(await User.VerifyAsync(id, "123456"), 409, "code-not-expected");
    }

    [Theory]
    [InlineData("?wait=soon")]
    [InlineData("?wait=-1")]
    [InlineData("?wait=1&seen=x")]
    [InlineData("?wait=1e9")]
    public async Task A_wrong_wait_is_refused(string query) =>
        AssertProblem(await User.GetAsync($"me/enrollments/{await NewIdAsync()}{query}"), 400, "invalid-request");

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    public async Task A_wrong_idempotency_key_is_refused(string key)
    {
        var answer = await User.EnrollAppAsync(("Idempotency-Key", key));
        AssertProblem(answer, 400, "invalid-idempotency-key");
        AssertProblem(await User.EnrollAppAsync(("Idempotency-Key", new string('k', 256))), 400, "invalid-idempotency-key");
    }

    [Fact]
    public async Task An_id_that_is_none_or_anothers_is_not_found()
    {
        using var other = await Laptop.SignInAsync();
        var id = (await other.EnrollAppAsync())["id"];
        foreach (var unknown in new[] { id, "x", "..%2f..", new string('a', 53), new string('a', 26) + "-" + new string('a', 26), id + "-1", new string('z', 3000), "'" })
        {
            AssertProblem(await User.SeeAsync(unknown), 404, "not-found");
            AssertProblem(await User.ContactAsync(unknown), 404, "not-found");
            AssertProblem(await User.VerifyAsync(unknown, "123456"), 404, "not-found");
            AssertProblem(await User.SendAsync(HttpMethod.Delete, $"me/enrollments/{unknown}"), 404, "not-found");
        }
    }

    [Fact]
    public async Task A_path_that_is_none_is_not_found_and_a_wrong_method_is_told_the_right_ones()
    {
        AssertProblem(await User.GetAsync("nothing"), 404, "not-found");
        AssertProblem(await User.GetAsync("/api/v1"), 404, "not-found");
        var wrong = await User.SendAsync(HttpMethod.Put, "me/enrollments");
        AssertProblem(wrong, 405, "method-not-allowed");
        Assert.Equal("POST", string.Join(", ", wrong.Raw.Content.Headers.Allow));
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        foreach (var path in new[] { "me", "countries", "nothing", "/healthz", "/.well-known/jwks.json" })
        {
            var headers = (await User.GetAsync(path)).Raw.Headers;
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("frame-ancestors 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            // The published keys are for keeping a while; all else is for the caller alone.
            Assert.Equal(path == "/.well-known/jwks.json" ? "public, max-age=300" : "no-store", headers.CacheControl!.ToString());
            Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        }
    }

    internal static void AssertProblem(Reply answer, int status, string code)
    {
        Assert.True(answer.Status == status && answer.Code == code, $"expected {status} {code}, got {answer}");
        Assert.Equal("application/problem+json", answer.Raw.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, (int)answer.Body!["status"]!);
        Assert.False(string.IsNullOrEmpty(answer["title"]));
    }

    private async Task<string> NewIdAsync() => (await User.EnrollPhoneAsync(Handset.NewNumber()))["id"];

    private Task<Reply> SendAsync(HttpMethod method, string path, string body, string type = "application/json") =>
        User.SendAsync(method, path, Content(Encoding.UTF8.GetBytes(body), type));

    private static Task<Reply> SendAsync(Caller caller, string path, string body, string type = "application/json") =>
        SendAsync(caller, path, Encoding.UTF8.GetBytes(body), type);

    private static Task<Reply> SendAsync(Caller caller, string path, byte[] body, string type = "application/json") =>
        caller.SendAsync(HttpMethod.Post, path, Content(body, type));

    private static ByteArrayContent Content(byte[] body, string type) => new(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
}
