using System.Net;
using System.Net.Sockets;

namespace Mfa.VirtualPhone.Tests;

/// <summary>How webhooks are signed, connected to, and made again.</summary>
public sealed class WebhookTests
{
    [Fact]
    public void The_signature_is_that_of_twilios_own_example() => Assert.Equal(
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        TwilioSignature.Of("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", new Dictionary<string, string>
        {
            ["To"] = "+18005551212",
            ["CallSid"] = "CA1234567890ABCDE",
            ["Caller"] = "+14158675309",
            ["Digits"] = "1234",
            ["From"] = "+14158675309",
        }));

    [Theory]
    [InlineData("https://a.example/x?y=%41%2fb#rc=2&rp=all", "https://a.example/x?y=%41%2fb", null)]
    [InlineData("https://us%40er:pa:ss@a.example:8443/x", "https://a.example:8443/x", "us@er:pa:ss")]
    [InlineData("http://a.example", "http://a.example/", null)]
    [InlineData("http://a.example:8080?x=a@b", "http://a.example:8080/?x=a@b", null)]
    public void The_address_is_signed_in_its_own_letters_without_fragment_and_password(string given, string text, string? credentials)
    {
        var address = WebhookAddress.Of(given)!;
        Assert.Equal(text, address.Text);
        Assert.Equal(credentials, address.Credentials is null ? null : System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(address.Credentials)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/status")]
    [InlineData("ftp://a.example/")]
    [InlineData("http://under_score.example/")]
    public void What_is_no_address_is_none(string? given) => Assert.Null(WebhookAddress.Of(given));

    [Theory]
    [InlineData("https://a.example:8443/x", true, "https://a.example/x")]
    [InlineData("https://a.example/x?u=https://a.example:1/", true, "https://a.example/x?u=https://a.example:1/")]
    [InlineData("https://[::1]/x", true, "https://[::1]/x")]
    [InlineData("https://[::1]:8443/x", true, "https://[::1]/x")]
    [InlineData("https://a.example:8443/x", false, "https://a.example:8443/x")]
    [InlineData("http://a.example:8080/x", true, "http://a.example:8080/x")]
    public void Of_calls_a_port_is_not_signed_where_it_is_https(string given, bool ofCall, string text)
    {
        var hook = new Webhook(WebhookAddress.Of(given)!, HttpMethod.Post, [new("CallSid", "CA1"), new("Empty", "")], ofCall);
        Assert.Equal(TwilioSignature.Of("token", text, hook.Form), hook.Request("token").Headers.GetValues("X-Twilio-Signature").Single());
    }

    [Theory]
    [InlineData("", 5_000, 15_000, 15_000, 1, "ct")]
    [InlineData("#rc=5&rp=all", 5_000, 15_000, 15_000, 5, "4xx,5xx,ct,rt")]
    [InlineData("#ct=200&rt=300&tt=400&rc=0&rp=4xx%2Crt&e=ashburn", 200, 300, 400, 0, "4xx,rt")]
    [InlineData("#ct=99&rt=15001&rc=6&rp=sometimes&x", 5_000, 15_000, 15_000, 1, "ct")]
    public void The_fragment_says_how_it_is_connected_to(string fragment, int connect, int read, int total, int retries, string on)
    {
        var said = ConnectionOverrides.Of(fragment);
        Assert.Equal((connect, read, total, retries), (said.Connect.TotalMilliseconds, said.Read.TotalMilliseconds, said.Total.TotalMilliseconds, said.Retries));
        Assert.Equal(on, string.Join(',', said.RetriedOn.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(500, "", 1)]
    [InlineData(404, "", 1)]
    [InlineData(500, "#rc=3&rp=5xx", 4)]
    [InlineData(500, "#rc=3&rp=4xx", 1)]
    [InlineData(429, "#rc=2&rp=all", 3)]
    public async Task An_answer_that_is_none_is_asked_for_again_where_the_address_says_so(int status, string fragment, int times)
    {
        await using var net = await TwilioNet.Start();
        net.Server.Answers = _ => Task.FromResult((status, ""));
        await net.Phone.Habit(new { calls = "busy" });
        await net.Call(("StatusCallback", net.Server.At("status") + fragment));
        // What comes after it in the same lane comes when all tries are over.
        await net.Client.Text(("StatusCallback", net.Server.At("text")));
        await net.Phone.Until(phone => TwilioNet.State(phone) is null or "ended");
        for (var tries = 0; tries < times; tries++) { await net.Server.Next("status"); }
        var tokens = net.Server.All.Where(hook => hook.Path == "/status").Select(hook => hook.Headers["I-Twilio-Idempotency-Token"].ToString()).ToList();
        Assert.Equal((times, 1), (tokens.Count, tokens.Distinct().Count()));
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("#rc=0", 1)]
    [InlineData("#rc=3&rp=ct", 4)]
    [InlineData("#rc=3&rp=4xx,5xx", 1)]
    public async Task A_server_that_cannot_be_connected_to_is_tried_once_more(string fragment, int times)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var connected = 0;
        // It speaks no TLS: connecting fails, and can be counted.
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                connected++;
            }
        });
        await using var net = await TwilioNet.Start();
        await net.Call(("Url", $"https://{listener.LocalEndpoint}/start{fragment}"), ("FallbackUrl", net.Server.At("fallback")));
        await net.Phone.Until(phone => TwilioNet.State(phone) == "ringing");
        await net.Phone.Post("answer");
        await net.Server.Next("fallback");
        Assert.Equal(times, connected);
        listener.Stop();
        await Assert.ThrowsAnyAsync<SocketException>(() => serving);
    }

    [Fact]
    public async Task A_server_that_takes_longer_than_the_address_says_is_not_waited_for()
    {
        await using var net = await TwilioNet.Start();
        var hold = new TaskCompletionSource();
        net.Server.Answers = async hook =>
        {
            if (hook.Path == "/start") { await hold.Task; }
            return (200, "<Response><Say>Fallback</Say></Response>");
        };
        await net.CallAndAnswer(("Url", net.Server.At("start#rt=100")), ("FallbackUrl", net.Server.At("fallback")));
        await net.Hears("Fallback");
        hold.SetResult();
    }

    [Fact]
    public async Task User_and_password_of_the_address_are_sent_and_not_signed()
    {
        await using var net = await TwilioNet.Start();
        await net.CallAndAnswer(("Url", net.Server.At("start").Replace("http://", "http://user:word@", StringComparison.Ordinal)));
        var hook = await net.Server.Next("start");
        Assert.True(hook.IsSigned);
        Assert.Equal("Basic dXNlcjp3b3Jk", hook.Headers.Authorization);
    }
}
