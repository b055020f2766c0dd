using Mfa.Web;
using Mfa.Web.Twilio;
using Microsoft.Extensions.Configuration;

namespace Mfa.Functions.Tests;

public sealed class TwilioSettingsTests
{
    private const string Sid = "0123456789abcdef0123456789abcdef";
    private const string Token = "s3cr3t-token-of-the-account";

    [Fact]
    public void What_is_needed_and_no_more_is_enough()
    {
        var read = Read();
        Assert.Equal(("AC" + Sid, "+18005550199", null, null, "https://api.twilio.com/"), (read.AccountSid, read.From, read.Key, read.MessagingService, read.Endpoint.ToString()));
        Assert.Equal([Token], read.AuthTokens);
    }

    [Fact]
    public void All_of_it_is_read()
    {
        var read = Read(
            ("AuthTokens", $" {Token} , {Token}2 "), ("ApiKey", "SK" + Sid), ("ApiSecret", "s3cr3t"), ("MessagingService", "MG" + Sid), ("Endpoint", "http://127.0.0.1:7072"));
        Assert.Equal([Token, Token + "2"], read.AuthTokens);
        Assert.Equal((("SK" + Sid, "s3cr3t"), "MG" + Sid, "http://127.0.0.1:7072/"), (read.Key!.Value, read.MessagingService, read.Endpoint.ToString()));
    }

    [Theory]
    [InlineData("AccountSid", null)]
    [InlineData("AccountSid", "SK" + Sid)]
    [InlineData("AccountSid", "AC0123")]
    [InlineData("AccountSid", "AC0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("AccountSid", "AC" + Sid + "0")]
    [InlineData("AccountSid", "AC" + Sid + "\n")]
    [InlineData("AuthTokens", null)]
    [InlineData("AuthTokens", "s3cr3t-short")]
    [InlineData("AuthTokens", Token + ",s3cr3t-short")]
    [InlineData("AuthTokens", Token + "," + Token + "2," + Token + "3")]
    [InlineData("AuthTokens", " , ")]
    [InlineData("AuthTokens", "@Microsoft.KeyVault(VaultName=mfa;SecretName=s3cr3t-twilio)")]
    [InlineData("From", null)]
    [InlineData("From", "18005550199")]
    [InlineData("From", "+1 800 555 0199")]
    [InlineData("From", "Contoso")]
    [InlineData("MessagingService", "AC" + Sid)]
    [InlineData("MessagingService", "MG")]
    [InlineData("Endpoint", "api.twilio.com")]
    [InlineData("Endpoint", "ftp://api.twilio.com")]
    [InlineData("Endpoint", "http://api.twilio.com")]
    [InlineData("Endpoint", "https://api.twilio.com/2010-04-01")]
    public void What_is_wrong_is_told_by_its_name(string name, string? value) => Tells(name, [(name, value)]);

    [Theory]
    [InlineData("ApiSecret", "SK" + Sid, null)]
    [InlineData("ApiKey", null, "s3cr3t-of-the-key")]
    [InlineData("ApiKey", "AC" + Sid, "s3cr3t-of-the-key")]
    [InlineData("ApiKey", "s3cr3t-in-the-wrong-place", "s3cr3t-of-the-key")]
    public void A_key_and_its_secret_go_together(string name, string? key, string? secret) => Tells(name, [("ApiKey", key), ("ApiSecret", secret)]);

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = Faults(("AccountSid", null), ("AuthTokens", "short"), ("ApiKey", "SK"), ("From", "Contoso"), ("MessagingService", "x"), ("Endpoint", "x"));
        Assert.Equal(
            ["Twilio__AccountSid", "Twilio__ApiKey", "Twilio__ApiSecret", "Twilio__AuthTokens", "Twilio__Endpoint", "Twilio__From", "Twilio__MessagingService"],
            faults.Select(f => f.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_prints_no_secret()
    {
        var read = Read(("ApiKey", "SK" + Sid), ("ApiSecret", "s3cr3t"));
        Assert.DoesNotContain("s3cr3t", $"{read} {new CarrierSettings(CarrierKind.Twilio, null, null, read)}", StringComparison.Ordinal);
    }

    private static void Tells(string name, (string, string?)[] other)
    {
        var fault = Assert.Single(Faults(other));
        Assert.StartsWith($"Twilio__{name} ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", fault, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Faults(params (string Name, string? Value)[] other) => Assert.Throws<SettingsException>(() => Read(other)).Faults;

    private static TwilioSettings Read(params (string Name, string? Value)[] other)
    {
        var all = new Dictionary<string, string?> { ["Twilio:AccountSid"] = "AC" + Sid, ["Twilio:AuthTokens"] = Token, ["Twilio:From"] = "+18005550199" };
        foreach (var (name, value) in other)
        {
            all["Twilio:" + name] = value;
        }

        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(all.Where(s => s.Value is not null)).Build());
        var read = TwilioSettings.Read(reader);
        reader.ThrowOnFaults();
        return read;
    }
}
