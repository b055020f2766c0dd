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
