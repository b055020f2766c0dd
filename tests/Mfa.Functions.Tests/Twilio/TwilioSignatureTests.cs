using System.Security.Cryptography;
using System.Text;
using Mfa.Twilio;
using Mfa.Web;
using Mfa.Web.Twilio;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Mfa.Functions.Tests;

/// <summary>X-Twilio-Signature: the vectors of Twilio's own libraries (twilio-node, twilio-csharp), and what they leave open.</summary>
public sealed class TwilioSignatureTests
{
    private const string Token = "12345";
    private const string Account = "AC00000000000000000000000000000001";
    private const string Target = "/myapp.php?foo=1&bar=2";
    private const string Of = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    private static readonly (string, string)[] s_call =
        [("Digits", "1234"), ("CallSid", "CA1234567890ABCDE"), ("To", "+18005551212"), ("From", "+14158675309"), ("Caller", "+14158675309")];

    [Theory]
    [InlineData("https://mycompany.com", Target, Of)]
    // Of a call Twilio leaves the port out, of a text it does not.
    [InlineData("https://mycompany.com:1234", Target, Of)]
    [InlineData("https://mycompany.com", Target, "kvajT1Ptam85bY51eRf/AJRuM3w=")]
    [InlineData("http://mycompany.com:1234", Target, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=")]
    [InlineData("http://mycompany.com", Target, "0ZXoZLH/DfblKGATFgpif+LLRf4=")]
    [InlineData("https://mycompany.com", Target + "&Body=It's+amazing", "dsq4Ehbj6cs+KdTkpF5sSSplOWw=")]
    public async Task A_vector_of_Twilios_own_is_proved(string publicUrl, string target, string signature) =>
        Assert.True(await Proved(publicUrl, target, s_call, signature, account: ""));

    [Theory]
    [InlineData("https://mycompany.com", Target, "NOTRSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com", Target, "")]
    [InlineData("https://mycompany.com", Target + "&more=1", Of)]
    [InlineData("https://mycompany.com", "/myapp.php", Of)]
    [InlineData("https://othercompany.com", Target, Of)]
    [InlineData("http://mycompany.com", Target, Of)]
    public async Task Another_address_or_signature_is_not(string publicUrl, string target, string signature) =>
        Assert.False(await Proved(publicUrl, target, s_call, signature, account: ""));

    [Theory]
    [InlineData("83O6e2vORAoJHUNzJjDWN1jz+BA=", "MessagingBinding.Address=+1325xxxxxxx", "MessagingBinding.Address=+1415xxxxxxx")]
    [InlineData("83O6e2vORAoJHUNzJjDWN1jz+BA=", "MessagingBinding.Address=+1415xxxxxxx", "MessagingBinding.Address=+1325xxxxxxx")]
    public async Task A_field_that_comes_several_times_counts_once_a_value_in_order(string signature, params string[] fields) =>
        Assert.True(await Proved("https://mycompany.com", Target, [.. fields.Select(f => f.Split('=')).Select(f => (f[0], f[1]))], signature, account: ""));

    // What is signed has nothing between its parts: whoever saw one signature could make these of the same letters.
    [Theory]
    [InlineData(Target, "MessageSid=SM1", "MessageSid=SM1")]
    [InlineData(Target, "Digits=5678", "Digits=1234")]
    [InlineData("/myapp.php", "?foo=1&bar=2=", "From=+31612345678")]
    [InlineData(Target, "Body=STOP", "From=+31612345678", "FromA=From+31687654321")]
    [InlineData(Target, "Body=hello", "MessageSid=SM1", "Nothing=MessageSidSM2")]
    public async Task Fields_that_could_be_others_with_the_same_signature_are_not(string target, params string[] fields)
    {
        (string, string)[] pairs = [("AccountSid", Account), .. fields.Select(f => f.LastIndexOf('=') is var at ? (f[..at], f[(at + 1)..]) : default)];
        Assert.False(await Proved("https://mfa.example", target, pairs, Sign("https://mfa.example" + target, [.. pairs.Distinct()])));
    }

    [Theory]
    [InlineData("Body", "")]
    [InlineData("Body", "From+31612345678 MessageSidSM1")]
    [InlineData("Body", "één € 日本 🙂 &=+%20")]
    [InlineData("Ünïcode", "ß")]
    public async Task Empty_fields_and_any_letters_are_signed(string name, string value)
    {
        (string, string)[] fields = [("AccountSid", Account), (name, value), ("body", "lower")];
        Assert.Equal(name != "Body", await Proved("https://mfa.example", Target, fields, Sign("https://mfa.example" + Target, fields)));
        fields = fields[..2];
        Assert.True(await Proved("https://mfa.example", Target, fields, Sign("https://mfa.example" + Target, fields)));
        Assert.False(await Proved("https://mfa.example", Target, fields[..1], Sign("https://mfa.example" + Target, fields)));
    }

    [Theory]
    [InlineData("/callbacks/calls/a%2Fb/1?on=keys&x=%C3%A9%20+")]
    [InlineData("/callbacks/calls/v-1/1?x=%41%7e%2D")]
    [InlineData("/callbacks/./calls//v-1/1?")]
    public async Task Escapes_stay_as_they_were_on_the_wire(string target)
    {
        (string, string)[] fields = [("AccountSid", Account)];
        Assert.True(await Proved("https://mfa.example", target, fields, Sign("https://mfa.example" + target, fields)));
    }

    [Fact]
    public async Task A_fragment_is_no_part_of_it()
    {
        (string, string)[] fields = [("AccountSid", Account)];
        Assert.False(await Proved("https://mfa.example", Target, fields, Sign("https://mfa.example" + Target + "#rc=5&rp=all", fields)));
    }

    [Fact]
    public async Task Either_of_two_tokens_proves_and_a_third_does_not()
    {
        (string, string)[] fields = [("AccountSid", Account)];
        foreach (var (token, proves) in new[] { ("first-token", true), ("second-token", true), ("third-token", false), ("", false) })
        {
            Assert.Equal(proves, await Proved("https://mfa.example", Target, fields, Sign("https://mfa.example" + Target, fields, token), tokens: ["first-token", "second-token"]));
        }
    }

    [Theory]
    [InlineData("AccountSid=AC00000000000000000000000000000002")]
    [InlineData("accountsid=")]
    [InlineData("CallSid=CA1")]
    [InlineData("AccountSid=" + Account, "AccountSid=AC00000000000000000000000000000002")]
    public async Task Another_account_is_not_ours_though_it_is_signed(params string[] pairs)
    {
        (string, string)[] fields = [.. pairs.Select(f => f.Split('=')).Select(f => (f[0], f[1]))];
        Assert.False(await Proved("https://mfa.example", Target, fields, Sign("https://mfa.example" + Target, fields)));
    }

    [Fact]
    public async Task The_host_that_a_proxy_made_of_it_does_not_count()
    {
        (string, string)[] fields = [("AccountSid", Account)];
        Assert.True(await Proved("https://mfa.example", Target, fields, Sign("https://mfa.example" + Target, fields), host: "10.0.0.4:8080"));
        Assert.False(await Proved("https://mfa.example", Target, fields, Sign("http://10.0.0.4:8080" + Target, fields), host: "10.0.0.4:8080"));
    }

    [Fact]
    public async Task One_header_is_asked_for_and_a_short_one()
    {
        (string, string)[] fields = [("AccountSid", Account)];
        var right = Sign("https://mfa.example" + Target, fields);
        Assert.False(await Proved("https://mfa.example", Target, fields, null));
        Assert.False(await Proved("https://mfa.example", Target, fields, new string('A', 200)));
        Assert.False(await new TwilioSignature(Settings(Account, [Token]), Service("https://mfa.example")).IsProvedAsync(Request(Target, fields, new([right, right]))));
    }

    private static Task<bool> Proved(string publicUrl, string target, (string, string)[] fields, string? signature, string account = Account, string[]? tokens = null, string host = "mycompany.com") =>
        new TwilioSignature(Settings(account, tokens ?? [Token]), Service(publicUrl)).IsProvedAsync(Request(target, fields, signature, host));

    private static TwilioSettings Settings(string account, string[] tokens) => new(account, tokens, null, "+18005550199", null, new("https://api.twilio.com/"));

    private static ServiceSettings Service(string url) => new(url, "Contoso", url, url, null, TimeSpan.FromMilliseconds(100));

    private static HttpRequest Request(string target, (string Name, string Value)[] fields, Microsoft.Extensions.Primitives.StringValues signature, string host = "mycompany.com")
    {
        var request = new DefaultHttpContext().Request;
        var at = target.IndexOf('?', StringComparison.Ordinal);
        (request.Method, request.Host, request.ContentType) = ("POST", new(host), "application/x-www-form-urlencoded");
        request.Path = at < 0 ? target : target[..at];
        request.QueryString = new(at < 0 ? "" : target[at..]);
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        request.Headers[TwilioSignature.Header] = signature;
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"))));
        return request;
    }

    // The arithmetic itself: nothing of the library's.
    private static string Sign(string address, (string Name, string Value)[] fields, string token = Token)
    {
        var text = address + string.Concat(fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name + f.Value));
#pragma warning disable CA5350 // Twilio's choice.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }
}
