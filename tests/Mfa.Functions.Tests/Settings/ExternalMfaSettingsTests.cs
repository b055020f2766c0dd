using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mfa.Web;
using Microsoft.Extensions.Configuration;

namespace Mfa.Functions.Tests;

/// <summary>The settings of external MFA: with an app registration all of them count, without one none does.</summary>
public sealed class ExternalMfaSettingsTests : IDisposable
{
    private const string Tenant = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

    private readonly EntraKey _key = new();

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(null, "https://login.microsoftonline.com")]
    [InlineData("https://login.microsoftonline.com", "https://login.microsoftonline.com")]
    [InlineData("https://login.microsoftonline.us", "https://login.microsoftonline.us")]
    [InlineData("https://login.partner.microsoftonline.cn", "https://login.partner.microsoftonline.cn")]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    public void A_clouds_addresses_follow_from_its_authority(string? authority, string expected)
    {
        var read = Read(("Authority", authority)).ExternalMfa;
        Assert.Equal(
            (expected + "/common/federation/externalauthprovider", expected + "/common/v2.0/.well-known/openid-configuration", $"{expected}/{Tenant}/v2.0", "entra"),
            (read.RedirectUri, read.Metadata, read.IssuerOf(Tenant), read.ClientId));
    }

    [Fact]
    public void Without_an_app_registration_it_is_off_and_nothing_of_it_is_needed()
    {
        Assert.Null(HeadSettings.Read(Configuration(GoodSettings.All()), hasAcs: true).Settings.ExternalMfa.AppId);
        Assert.Null(Read(("AppId", null), ("Tenants", null)).ExternalMfa.AppId);
    }

    [Fact]
    public void With_an_app_registration_directories_and_a_key_are_needed() =>
        Assert.Equal(
            ["ExternalMfa__Newest", "ExternalMfa__Tenants"],
            Faults(("Tenants", null), ("Newest", null), ("Keys:e1", null)).Select(f => f.Split(' ')[0]).Distinct().Order());

    [Theory]
    [InlineData("Tenants", "common")]
    [InlineData("Tenants", "contoso.onmicrosoft.com")]
    [InlineData("Tenants", Tenant + ",organizations")]
    [InlineData("Tenants", "{" + Tenant + "}")]
    [InlineData("Tenants", " , ")]
    [InlineData("Authority", "https://login.microsoftonline.com/")]
    [InlineData("Authority", "https://login.microsoftonline.com/common")]
    [InlineData("Authority", "http://login.microsoftonline.com")]
    [InlineData("Authority", "https://login.microsoftonline.de")]
    [InlineData("Authority", "https://login.microsoftonline.com.evil.example")]
    [InlineData("Authority", "http://localhost:8080/")]
    [InlineData("Authority", "http://localhost:8080/x")]
    [InlineData("Authority", "http://localhost.evil.example")]
    [InlineData("Authority", "ftp://localhost")]
    [InlineData("Authority", "file:///")]
    [InlineData("Authority", "login.microsoftonline.com")]
    [InlineData("Newest", "e2")]
    [InlineData("Keys:e1", "AAAA")]
    [InlineData("Keys:e1", "no base64")]
    [InlineData("Keys:e1", "@Microsoft.KeyVault(VaultName=mfa;SecretName=external-mfa-key-e1)")]
    public void What_is_wrong_is_told_by_its_name(string name, string value) =>
        Assert.StartsWith($"ExternalMfa__{name.Replace(":", "__", StringComparison.Ordinal)}", Assert.Single(Faults((name, value))), StringComparison.Ordinal);

    [Theory]
    [InlineData("an elliptic curve")]
    [InlineData("1024 bits")]
    [InlineData("no private half")]
    [InlineData("no certificate")]
    [InlineData("a password")]
    public void A_key_that_Entra_would_not_take_is_told_without_its_value(string what)
    {
        var value = Pkcs12(what);
        var fault = Assert.Single(Faults(("Keys:e1", value)));
        Assert.StartsWith("ExternalMfa__Keys__e1 is not", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(value[..40], fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Entra_is_called_as_no_other_client_is()
    {
        Assert.Equal("m365", Read(("ClientId", "m365")).ExternalMfa.ClientId);
        Assert.StartsWith("ExternalMfa__ClientId", Assert.Single(Faults(("ClientId", new string('e', 300)))), StringComparison.Ordinal);
        Assert.StartsWith("ExternalMfa__ClientId", Assert.Single(Faults(("ClientId", "shop"), ("..:Clients:shop:ReturnTo:0", "https://shop.example/back"))), StringComparison.Ordinal);
    }

    private static string Pkcs12(string what)
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = RSA.Create(what == "1024 bits" ? 1024 : 2048);
        if (what == "no certificate")
        {
            return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
        }

        var request = what == "an elliptic curve" ? new CertificateRequest("CN=tests", curve, HashAlgorithmName.SHA256)
            : new CertificateRequest("CN=tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddYears(1));
        using var half = X509CertificateLoader.LoadCertificate(certificate.RawData);
        return Convert.ToBase64String(what == "no private half" ? half.Export(X509ContentType.Pkcs12) : certificate.Export(X509ContentType.Pkcs12, what == "a password" ? "secret" : null));
    }

    private MfaSettings Read(params (string Name, string? Value)[] other) => HeadSettings.Read(Configuration(With(other)), hasAcs: true).Settings;

    private IReadOnlyList<string> Faults(params (string Name, string? Value)[] other) =>
        Assert.Throws<SettingsException>(() => HeadSettings.Read(Configuration(With(other)), hasAcs: true)).Faults;

    // Good ones, but for these; of another part where the name begins with "..:".
    private Dictionary<string, string?> With((string Name, string? Value)[] other)
    {
        var settings = new Dictionary<string, string?>(GoodSettings.All())
        {
            ["ExternalMfa:AppId"] = "00001111-aaaa-2222-bbbb-3333cccc4444",
            ["ExternalMfa:Tenants"] = Tenant,
            ["ExternalMfa:Keys:e1"] = _key.Pkcs12,
            ["ExternalMfa:Newest"] = "e1",
        };
        foreach (var (name, value) in other)
        {
            settings[name.StartsWith("..:", StringComparison.Ordinal) ? name[3..] : "ExternalMfa:" + name] = value;
        }

        return settings;
    }

    private static IConfiguration Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings.Where(s => s.Value is not null)).Build();
}
