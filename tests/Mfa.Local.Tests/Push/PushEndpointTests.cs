using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using Mfa.Web;

namespace Mfa.Local.Tests;

/// <summary>Which subscriptions are kept, and which are refused with a sentence that says why and repeats nothing.</summary>
public sealed class PushEndpointTests
{
    private static readonly (string P256dh, string Auth) s_keys = Pushing.Keys();

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/abc:def")]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/abc")]
    [InlineData("https://wns2-am3p.notify.windows.com/w/?token=BQYAAA%2b")]
    [InlineData("https://web.push.apple.com/abc")]
    [InlineData("https://FCM.googleapis.com:443/x")]
    public async Task The_well_known_push_services_are_taken(string endpoint)
    {
        var taken = await Take(endpoint);
        Assert.Null(taken.Fault);
        Assert.Equal(s_keys, (taken.Subscription!.P256dh, taken.Subscription.Auth));
    }

    [Theory]
    [InlineData(null, "not an address")]
    [InlineData("", "not an address")]
    [InlineData("fcm.googleapis.com", "not an address")]
    [InlineData("https://fcm.googleapis.com/a b", "not an address")]
    [InlineData("https://fcm.googleapis.com\\@127.0.0.1/", "not an address")]
    [InlineData("https://fcm。googleapis。com/", "not an address")]
    [InlineData("http://fcm.googleapis.com/x", "not https")]
    [InlineData("ftp://fcm.googleapis.com/x", "not https")]
    [InlineData("file:///etc/passwd", "not https")]
    [InlineData("https://fcm.googleapis.com:8443/x", "another port")]
    [InlineData("https://user@fcm.googleapis.com/x", "a user name")]
    [InlineData("https://user:pass@fcm.googleapis.com/x", "a user name")]
    [InlineData("https://fcm.googleapis.com/x#part", "a fragment")]
    [InlineData("https://fcm.googleapis.com/x#", "a fragment")]
    [InlineData("https://142.250.1.95/x", "no host name")]
    [InlineData("https://0x7f000001/x", "no host name")]
    [InlineData("https://2130706433/x", "no host name")]
    [InlineData("https://[::1]/x", "no host name")]
    [InlineData("https://push.example/x", "not called from here")]
    [InlineData("https://fcm.googleapis.com.push.example/x", "not called from here")]
    [InlineData("https://notify.windows.com/x", "not called from here")]
    [InlineData("https://evilnotify.windows.com/x", "not called from here")]
    [InlineData("https://fcm.googleapis.com./x", "not called from here")]
    [InlineData("https://localhost/x", "not called from here")]
    [InlineData("http://127.0.0.1:7072/push/x", "not https")]
    public async Task Any_other_endpoint_is_refused(string? endpoint, string says)
    {
        var fault = (await Take(endpoint)).Fault;
        Assert.Contains(says, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("googleapis", fault, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_endpoint_may_have_a_thousand_characters_and_no_more()
    {
        var longest = "https://fcm.googleapis.com/".PadRight(1_000, 'x');
        Assert.Null((await Take(longest)).Fault);
        Assert.NotNull((await Take(longest + "x")).Fault);
    }

    [Fact]
    public async Task Keys_that_are_none_are_refused()
    {
        var point = Base64Url.DecodeFromChars(s_keys.P256dh);
        byte[] off = [.. point[..64], (byte)(point[64] ^ 1)];
        byte[] compressed = [2, .. point[1..33]];
        byte[] hybrid = [6, .. point[1..]];
        string?[] bad =
        [
            null, "", "not base64url!", s_keys.P256dh + "=", s_keys.P256dh + "A", s_keys.P256dh[..^1], " " + s_keys.P256dh[1..], "+/" + s_keys.P256dh[2..],
            Base64Url.EncodeToString(off), Base64Url.EncodeToString(compressed), Base64Url.EncodeToString(hybrid), Base64Url.EncodeToString([4, .. new byte[64]]),
        ];
        foreach (var key in bad)
        {
            Assert.StartsWith("keys.p256dh", (await Take(p256dh: key)).Fault, StringComparison.Ordinal);
        }

        foreach (var auth in new[] { null, "", Base64Url.EncodeToString(new byte[15]), Base64Url.EncodeToString(new byte[17]), s_keys.Auth + "==", "!" + s_keys.Auth[1..] })
        {
            Assert.StartsWith("keys.auth", (await Take(auth: auth)).Fault, StringComparison.Ordinal);
        }

        Assert.Null((await Take()).Fault);
    }

    [Fact]
    public async Task A_host_that_leads_inside_or_nowhere_is_refused()
    {
        Assert.Contains("not public", (await Take(resolve: (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1")]))).Fault, StringComparison.Ordinal);
        Assert.Contains("no address", (await Take(resolve: (_, _) => Task.FromResult<IPAddress[]>([]))).Fault, StringComparison.Ordinal);
        Assert.Contains("no address", (await Take(resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound))).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_host_may_be_allowed_and_none_inside_by_that()
    {
        var any = Pushing.SettingsOf(allowLoopback: false, hosts: "*");
        Assert.Null((await Take("https://push.example/x", settings: any)).Fault);
        Assert.Contains("not public", (await Take("https://localhost/x", settings: any, resolve: System.Net.Dns.GetHostAddressesAsync)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_laptop_its_own_push_service_is_taken_and_no_more_than_that()
    {
        var laptop = Pushing.SettingsOf();
        Assert.Null((await Take("http://127.0.0.1:7072/push/x", settings: laptop, resolve: System.Net.Dns.GetHostAddressesAsync)).Fault);
        Assert.Contains("not https", (await Take("http://10.0.0.1/x", settings: laptop)).Fault, StringComparison.Ordinal);
        Assert.Contains("a user name", (await Take("http://user@127.0.0.1:7072/x", settings: laptop)).Fault, StringComparison.Ordinal);
        Assert.Contains("not called from here", (await Take("https://push.example/x", settings: laptop)).Fault, StringComparison.Ordinal);
    }

    private static Task<PushTaken> Take(
        string? endpoint = "https://fcm.googleapis.com/x", string? p256dh = "the good one", string? auth = "the good one", PushSettings? settings = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var used = settings ?? Pushing.SettingsOf(allowLoopback: false);
        var network = new PublicNetwork(used.AllowLoopback, resolve ?? ((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("142.250.1.95")])));
        return new PushEndpoints(used, network).TakeAsync(
            endpoint, p256dh == "the good one" ? s_keys.P256dh : p256dh, auth == "the good one" ? s_keys.Auth : auth, TestContext.Current.CancellationToken);
    }
}
