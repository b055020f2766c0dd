using System.Security.Cryptography;
using Mfa.Web;
using Microsoft.Extensions.Configuration;

namespace Mfa.Functions.Tests;

public sealed class HeadSettingsTests
{
    [Fact]
    public void Nothing_set_names_every_setting_that_is_needed()
    {
        string[] needed =
        [
            "AzureWebJobsStorage", "Assertion__Newest", "Auth__Audience", "Auth__Authority", "Carrier__CallbackAudience", "Carrier__CallbackIssuer", "Carrier__CallbackOpenId",
            "Carrier__Endpoint", "Carrier__From", "Carrier__TextEventsSecrets", "KeyRing__IndexKey", "KeyRing__Newest", "Policy__AllowedRegions",
            "Service__Name", "Service__PublicUrl", "Storage__ConnectionString",
        ];
        Assert.Equal(needed.Order(), Faults([]).Select(f => f.Split(' ')[0]).Distinct().Order());
    }

    [Fact]
    public void Good_settings_are_read()
    {
        var (settings, carrier) = HeadSettings.Read(Configuration(GoodSettings.All()), hasAcs: true);
        Assert.Equal("https://mfatables.table.core.windows.net/", settings.Storage.TableServiceUri!.ToString());
        Assert.Equal("https://contoso.communication.azure.com/", carrier!.Endpoint.ToString());
        Assert.Null(carrier.ConnectionString);
        Assert.Equal("https://speech.cognitiveservices.azure.com/", carrier.Speech!.ToString());
    }

    [Fact]
    public void Without_a_carrier_nothing_of_one_is_needed()
    {
        var settings = GoodSettings.All().Where(s => !s.Key.StartsWith("Carrier:", StringComparison.Ordinal)).Append(new("Carrier:Kind", "none"));
        var (read, carrier) = HeadSettings.Read(Configuration(settings), hasAcs: true);
        Assert.Null(carrier);
        Assert.Equal(CarrierKind.None, read.Carrier.Kind);
    }

    [Theory]
    [InlineData("acs")]
    [InlineData(null)]
    public void A_head_that_was_built_without_the_carrier_refuses_it_by_name(string? kind)
    {
        var fault = Assert.Single(Faults(GoodSettings.All().Append(new("Carrier:Kind", kind)), hasAcs: false));
        Assert.StartsWith("Carrier__Kind is acs", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_push_is_off_and_with_one_a_subject_is_needed()
    {
        var (off, _) = HeadSettings.Read(Configuration(GoodSettings.All().Where(s => !s.Key.StartsWith("Push:", StringComparison.Ordinal))), hasAcs: true);
        Assert.Null(off.Push.Key);
        Assert.StartsWith("Push__Subject is missing", Assert.Single(Faults(GoodSettings.All().Where(s => s.Key != "Push:Subject"))), StringComparison.Ordinal);
        var (on, _) = HeadSettings.Read(Configuration(GoodSettings.All()), hasAcs: true);
        Assert.Equal((87, "mailto:ops@contoso.example", false), (on.Push.Key!.Public.Length, on.Push.Subject, on.Push.AllowLoopback));
    }

    [Theory]
    [InlineData("secp256k1")]
    [InlineData("nistP384")]
    [InlineData("rsa")]
    public void A_key_of_another_kind_wakes_nobody(string kind)
    {
        using AsymmetricAlgorithm key = kind == "rsa" ? RSA.Create(2048) : ECDsa.Create(ECCurve.CreateFromFriendlyName(kind));
        Assert.StartsWith("Push__VapidKey is not a P-256", Assert.Single(Faults(GoodSettings.All().Where(s => s.Key != "Push:VapidKey").Append(new("Push:VapidKey", Convert.ToBase64String(key.ExportPkcs8PrivateKey()))))), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_sign_in_page_may_lead_back_is_set_by_client()
    {
        var (settings, _) = HeadSettings.Read(
            Configuration(GoodSettings.All().Concat(new Dictionary<string, string?>
            {
                ["Clients:shop:ReturnTo:0"] = "https://shop.example/back?x=1",
                ["Clients:shop:ReturnTo:1"] = "http://localhost:5000/back",
                ["Clients:a:Id"] = "7f0c1e5a-4b62-4d39-9a58-1c2d3e4f5a6b",
                ["Clients:a:ReturnTo:0"] = "https://a.example/",
            })),
            hasAcs: true);
        Assert.True(settings.Clients.MayReturnTo("shop", "https://shop.example/back?x=1"));
        Assert.True(settings.Clients.MayReturnTo("shop", "http://localhost:5000/back"));
        Assert.True(settings.Clients.MayReturnTo("7f0c1e5a-4b62-4d39-9a58-1c2d3e4f5a6b", "https://a.example/"));
        Assert.False(settings.Clients.MayReturnTo("a", "https://a.example/"));
        Assert.False(settings.Clients.MayReturnTo("Shop", "http://localhost:5000/back"));
        Assert.False(settings.Clients.MayReturnTo("shop", "http://localhost:5000/Back"));
        Assert.StartsWith("Clients__b__Id is the client id of another", Assert.Single(Faults(GoodSettings.All().Append(new("Clients:a:Id", "x")).Append(new("Clients:b:Id", "x")))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_have_the_look_that_is_set()
    {
        var (settings, _) = HeadSettings.Read(
            Configuration(GoodSettings.All().Concat(new Dictionary<string, string?> { ["Pages:Colour"] = "#0a5fb4", ["Pages:DarkColour"] = "#8ab8ff", ["Pages:FrameOrigins"] = "'self',https://portal.example.com" })), hasAcs: true);
        Assert.Equal(("#0a5fb4", "#8ab8ff"), (settings.Pages.Look.Colour.ToString(), settings.Pages.Look.DarkColour.ToString()));
        Assert.Equal(["'self'", "https://portal.example.com"], settings.Pages.FrameOrigins);
        // By day it can be read, by night it can't.
        var dark = GoodSettings.All().Append(new("Pages:Colour", "#0a5fb4")).Append(new("Pages:DarkColour", "#0a5fb4"));
        Assert.Contains("Pages__DarkColour can't be read on the pages: it has a contrast of 2", Assert.Single(Faults(dark)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Carrier:Kind", "pigeons", "Carrier__Kind")]
    [InlineData("Carrier:Endpoint", "contoso", "Carrier__Endpoint")]
    [InlineData("Carrier:Endpoint", "http://contoso.communication.azure.com/", "Carrier__Endpoint")]
    [InlineData("Carrier:ConnectionString", "endpoint=https://contoso.communication.azure.com/;accesskey=a2V5", "Carrier__Endpoint")]
    [InlineData("Carrier:SpeechEndpoint", "speech", "Carrier__SpeechEndpoint")]
    [InlineData("Carrier:TextEventsSecrets", "short", "Carrier__TextEventsSecrets")]
    [InlineData("Storage:ConnectionString", "UseDevelopmentStorage=true", "Storage__TableServiceUri")]
    [InlineData("Storage:TableServiceUri", "http://mfatables.table.core.windows.net", "Storage__TableServiceUri")]
    [InlineData("KeyRing:IndexKey", "@Microsoft.KeyVault(SecretUri=https://vault/secrets/index-key)", "KeyRing__IndexKey")]
    [InlineData("Carrier:TextEventsSecrets", "@Microsoft.KeyVault(VaultName=mfa;SecretName=text-events-secret)", "Carrier__TextEventsSecrets")]
    [InlineData("KeyRing:Keys:k1", "@Microsoft.KeyVault(VaultName=mfa;SecretName=sealing-key-k1)", "KeyRing__Keys__k1")]
    [InlineData("Policy:KeepFor", "01:00:00", "Policy__KeepFor")]
    [InlineData("Policy:Lease", "5", "Policy__Lease")]
    [InlineData("Policy:RepeatWithin", "00:05:01", "Policy__RepeatWithin")]
    [InlineData("KeyRing:Keys:k.2", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "KeyRing__Keys__k.2")]
    [InlineData("Carrier:From", "18005550100", "Carrier__From")]
    [InlineData("Carrier:From", "CONTOSO", "Carrier__From")]
    [InlineData("Carrier:From", "+1 800 555 0100", "Carrier__From")]
    [InlineData("Auth:Authority", "http://login.example", "Auth__Authority")]
    [InlineData("Push:VapidKey", "AAAA", "Push__VapidKey")]
    [InlineData("Push:VapidKey", "@Microsoft.KeyVault(VaultName=mfa;SecretName=push-key)", "Push__VapidKey")]
    [InlineData("Push:Subject", "ops@contoso.example", "Push__Subject")]
    [InlineData("Push:Subject", "http://contoso.example", "Push__Subject")]
    [InlineData("Push:Subject", "mailto:ops", "Push__Subject")]
    [InlineData("Push:Subject", "mailto:Ops <ops@contoso.example>", "Push__Subject")]
    [InlineData("Push:AllowedHosts", "https://fcm.googleapis.com", "Push__AllowedHosts")]
    [InlineData("Push:AllowedHosts", "fcm.*.com", "Push__AllowedHosts")]
    [InlineData("Push:AllowedHosts", "10.0.0.1", "Push__AllowedHosts")]
    [InlineData("Push:AllowedHosts", " , ", "Push__AllowedHosts")]
    [InlineData("Push:AllowLoopback", "yes", "Push__AllowLoopback")]
    [InlineData("Clients:shop:ReturnTo:0", "shop.example/back", "Clients__shop__ReturnTo__0")]
    [InlineData("Clients:shop:ReturnTo:0", "http://shop.example/back", "Clients__shop__ReturnTo__0")]
    [InlineData("Clients:shop:ReturnTo:0", "https://shop.example/back#x", "Clients__shop__ReturnTo__0")]
    [InlineData("Clients:shop:ReturnTo:0", "https://shop.example@evil.example/", "Clients__shop__ReturnTo__0")]
    [InlineData("Clients:shop:ReturnTo:0", "https://shop.example/a b", "Clients__shop__ReturnTo__0")]
    [InlineData("Clients:shop:ReturnTo:0", "javascript:alert(1)", "Clients__shop__ReturnTo__0")]
    [InlineData("Clients:shop:ReturnTo:0", "https://shop.example/back?State=1", "Clients__shop__ReturnTo__0")]
    [InlineData("Pages:FrameOrigins", "https://portal.example.com/", "Pages__FrameOrigins")]
    [InlineData("Pages:FrameOrigins", "*", "Pages__FrameOrigins")]
    [InlineData("Pages:ReturnOrigins", "https://portal.example.com, https://user@evil.example", "Pages__ReturnOrigins")]
    [InlineData("Pages:ReturnOrigins", "'self'", "Pages__ReturnOrigins")]
    [InlineData("Pages:ConnectOrigins", "token.example.com", "Pages__ConnectOrigins")]
    [InlineData("Pages:Colour", "green", "Pages__Colour")]
    [InlineData("Pages:Colour", "#8fd1c3", "Pages__Colour")]
    [InlineData("Pages:DarkColour", "#62d1bd", "Pages__DarkColour")]
    [InlineData("Pages:Logo", "https://contoso.example/logo.svg", "Pages__Logo")]
    [InlineData("Pages:Logo", "data:text/html,x", "Pages__Logo")]
    [InlineData("Pages:Support", "javascript:alert(1)", "Pages__Support")]
    public void A_malformed_setting_is_named(string name, string value, string named)
    {
        var fault = Assert.Single(Faults(GoodSettings.All().Where(s => s.Key != name).Append(new(name, value))));
        Assert.StartsWith(named + " ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(value, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("endpoint=https://contoso.communication.azure.com/")]
    [InlineData("endpoint=ftp://contoso;accesskey=a2V5")]
    [InlineData("endpoint=https://contoso.communication.azure.com/;accesskey=***")]
    public void A_malformed_connection_string_is_named_and_not_repeated(string text)
    {
        var fault = Assert.Single(Faults(GoodSettings.All().Where(s => s.Key != "Carrier:Endpoint").Append(new("Carrier:ConnectionString", text))));
        Assert.StartsWith("Carrier__ConnectionString is not of the form", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("contoso", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(3, Faults(GoodSettings.All().Where(s => s.Key is not ("Service:Name" or "AzureWebJobsStorage:accountName" or "Carrier:Endpoint"))).Count);

    private static IReadOnlyList<string> Faults(IEnumerable<KeyValuePair<string, string?>> settings, bool hasAcs = true) =>
        Assert.Throws<SettingsException>(() => HeadSettings.Read(Configuration(settings), hasAcs)).Faults;

    private static IConfiguration Configuration(IEnumerable<KeyValuePair<string, string?>> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
