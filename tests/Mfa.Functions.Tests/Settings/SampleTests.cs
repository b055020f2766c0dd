using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Mfa.Acs;
using Microsoft.Extensions.Configuration;

namespace Mfa.Functions.Tests;

/// <summary>local.settings.sample.json, filled in as docs/azure-head-on-your-machine.md says, starts the head.</summary>
public sealed class SampleTests
{
    private static readonly Dictionary<string, string?> s_values = JsonNode.Parse(Files.Read("Root", "local.settings.sample.json"))!["Values"]!.AsObject()
        .ToDictionary(v => v.Key, v => (string?)v.Value!.ToString());

    [Fact]
    public void The_sample_holds_no_key()
    {
        Assert.Equal("SEALING_KEY", s_values["KeyRing__Keys__k1"]);
        Assert.Equal("INDEX_KEY", s_values["KeyRing__IndexKey"]);
        Assert.Equal("ASSERTION_KEY", s_values["Assertion__Keys__a1"]);
    }

    [Theory]
    [InlineData("acs", true)]
    [InlineData("twilio", false)]
    public void Filled_in_it_is_complete(string kind, bool hasAcs)
    {
        using var assertion = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var filled = s_values.ToDictionary(v => v.Key.Replace("__", ":", StringComparison.Ordinal), v => v.Value switch
        {
            "SEALING_KEY" or "INDEX_KEY" => Convert.ToBase64String(new byte[32]),
            "ASSERTION_KEY" => Convert.ToBase64String(assertion.ExportPkcs8PrivateKey()),
            var other => other,
        });
        filled["Carrier:Kind"] = kind;
        var (settings, carrier) = HeadSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(AcsDefaults.Settings).AddInMemoryCollection(filled).Build(), hasAcs);
        Assert.Equal("http://127.0.0.1:7072/", (carrier?.Endpoint ?? settings.Carrier.Twilio!.Endpoint).ToString());
        Assert.Equal("http://127.0.0.1:7073", settings.Service.PublicUrl);
    }
}
