using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mfa.Web;

namespace Mfa.Local.Tests;

/// <summary>A laptop with one carrier, the other, or both; and what it says of settings that don't go together.</summary>
public sealed partial class CarrierStartTests(SharedStorage storage) : IDisposable
{
    private const string Number = "14255550191";
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("acs", "none", "acs", "+18005550100")]
    [InlineData("twilio", "none", "twilio", "+18005550199")]
    [InlineData("acs", "twilio", "acs", "+18005550100")]
    [InlineData("twilio", "acs", "twilio", "+18005550199")]
    public async Task A_text_goes_by_the_first_carrier_and_its_reply_verifies(string kind, string fallback, string wire, string from)
    {
        await using var head = await Heads.Start(storage, _folder, null, ("Carrier:Kind", kind), ("Carrier:Fallback", fallback));
        using var phones = new HttpClient { BaseAddress = new Uri(head.PhonesUrl!, $"phones/{Number}/") };
        using var http = new HttpClient { BaseAddress = new Uri(head.Url, "api/v1/") };
        var token = await http.GetFromJsonAsync<JsonElement>(new Uri(head.Url, "dev/token?user=bob"), Cancel);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        using var made = await http.PostAsJsonAsync("me/enrollments", new { method = "authenticationPhone", region = "US", number = Number[1..], delivery = "text" }, Cancel);
        var address = new Uri($"me/enrollments/{(await made.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id")}", UriKind.Relative);
        using var contacted = await http.PostAsync(new Uri($"{address}/contact", UriKind.Relative), null, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, contacted.StatusCode);

        var text = (await phones.GetFromJsonAsync<JsonElement>(new Uri(head.PhonesUrl!, $"phones/{Number}"), Cancel)).GetProperty("texts")[0];
        Assert.Equal((wire, from), (text.GetProperty("wire").GetString(), text.GetProperty("from").GetString()));
        using var reply = await phones.PostAsJsonAsync("texts", new { to = from, body = Digits().Match(text.GetProperty("body").GetString()!).Value }, Cancel);
        await Until.True(async () => (await http.GetFromJsonAsync<JsonElement>(address, Cancel)).GetProperty("state").GetString() == "verified", "a verified phone");
    }

    [Theory]
    [InlineData("Carrier__Kind is none of Acs, None, Twilio", "Carrier:Kind=telegraph")]
    [InlineData("Carrier__Fallback is none of Acs, None, Twilio", "Carrier:Fallback=2")]
    [InlineData("Carrier__Fallback is the carrier of Carrier__Kind", "Carrier:Kind=twilio", "Carrier:Fallback=twilio")]
    [InlineData("Carrier__Fallback is the carrier of Carrier__Kind", "Carrier:Fallback=acs")]
    [InlineData("Carrier__Fallback can't stand without a carrier", "Carrier:Kind=none", "Carrier:Fallback=twilio")]
    [InlineData("Carrier__ConnectionString is missing: beside a Twilio that is given", "Twilio:Endpoint=http://127.0.0.1:9", Sid, Token, From)]
    [InlineData("Carrier__ConnectionString is missing: beside a Twilio that is given", "Carrier:Kind=twilio", "Carrier:Fallback=acs", "Twilio:Endpoint=http://127.0.0.1:9", Sid, Token, From)]
    [InlineData("Twilio__AccountSid is missing", "Carrier:Kind=twilio", "Twilio:Endpoint=http://127.0.0.1:9", Token, From)]
    [InlineData("Twilio__AuthTokens is missing", "Carrier:Kind=twilio", "Twilio:Endpoint=http://127.0.0.1:9", Sid, From)]
    [InlineData("Twilio__From is missing", "Carrier:Kind=twilio", "Twilio:Endpoint=http://127.0.0.1:9", Sid, Token)]
    [InlineData("Twilio__AccountSid is missing", "Carrier:Fallback=twilio", "Carrier:ConnectionString=endpoint=http://127.0.0.1:9/;accesskey=a2V5", "Twilio:Endpoint=http://127.0.0.1:9", Token, From)]
    [InlineData("Twilio__Endpoint is missing: with Twilio__AuthTokens", "Carrier:Kind=twilio", Sid, Token, From)]
    public async Task What_does_not_go_together_is_one_clear_line(string fault, params string[] settings)
    {
        var pairs = settings.Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1])).ToArray();
        var faults = (await Assert.ThrowsAsync<SettingsException>(() => Heads.Start(storage, _folder, null, pairs))).Faults;
        Assert.StartsWith(fault, Assert.Single(faults), StringComparison.Ordinal);
    }

    private const string Sid = "Twilio:AccountSid=AC00000000000000000000000000000000";
    private const string Token = "Twilio:AuthTokens=a-token-of-the-account";
    private const string From = "Twilio:From=+18005550199";

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex Digits();
}
