using Microsoft.Extensions.Options;

namespace Mfa.VirtualPhone.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void All_faults_are_told_at_once_each_with_its_setting()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => VirtualPhoneNetwork.Build([], options =>
        {
            options.Url = "http://0.0.0.0:7072";
            options.AccessKey = "not base64!";
            options.Numbers = ["8005550100"];
            options.TextEventsUrl = "somewhere";
            options.RingFor = TimeSpan.FromSeconds(-1);
            options.CallsPerNumber = 0;
        }));
        foreach (var setting in new[] { "Url", "AccessKey", "Numbers", "TextEventsUrl", "RingFor", "CallsPerNumber" })
        {
            Assert.Contains($"VirtualPhone:{setting} ", fault.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("not base64!", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_come_from_the_command_line_and_the_program_has_the_last_word()
    {
        var options = NetworkSettings.Read(
            ["--VirtualPhone:RingFor=00:00:03", "--VirtualPhone:Numbers:0=+18005550111", "--VirtualPhone:Url=http://localhost:1234"],
            given => given.Url = "http://127.0.0.1:0");
        Assert.Equal((TimeSpan.FromSeconds(3), "http://127.0.0.1:0"), (options.RingFor, options.Url));
        Assert.Equal(["+18005550111"], options.Numbers);
        Assert.NotEmpty(Convert.FromBase64String(options.AccessKey));
    }

    [Fact]
    public void A_setting_that_cant_be_read_is_named()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => NetworkSettings.Read(["--VirtualPhone:RingFor=soon"], null));
        Assert.Contains("VirtualPhone:RingFor", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connection_says_all_that_a_carrier_needs()
    {
        await using var net = await Network.Start(options => options.AccessKey = "a2V5");
        var connection = await net.Http.GetFromJsonAsync<JsonElement>("/connection", TestContext.Current.CancellationToken);
        Assert.Equal($"endpoint={net.Address}/;accesskey=a2V5", connection.GetProperty("connectionString").GetString());
        Assert.Equal(net.Options.ResourceId, connection.GetProperty("resourceId").GetString());
        Assert.Equal(net.Options.Issuer, connection.GetProperty("issuer").GetString());
        Assert.Equal([Network.Own], connection.GetProperty("numbers").EnumerateArray().Select(number => number.GetString()!));
        var openId = await net.Http.GetFromJsonAsync<JsonElement>(connection.GetProperty("openIdConfiguration").GetString(), TestContext.Current.CancellationToken);
        var keys = await net.Http.GetFromJsonAsync<JsonElement>(openId.GetProperty("jwks_uri").GetString(), TestContext.Current.CancellationToken);
        var key = keys.GetProperty("keys").EnumerateArray().Single();
        Assert.False(key.TryGetProperty("d", out _));
    }

    [Fact]
    public void A_number_prints_its_end_only()
    {
        Assert.True(PhoneNumber.TryParse("+14255550123", out var number));
        Assert.Equal("+…23", $"{number}");
    }
}
