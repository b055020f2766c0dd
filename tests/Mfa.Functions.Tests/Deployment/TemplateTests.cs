using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mfa.Acs;
using Mfa.Core;
using Mfa.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Mfa.Functions.Tests;

/// <summary>infra/: it compiles without a word, keeps its secrets, and speaks the head's names.</summary>
public sealed partial class TemplateTests
{
    private static readonly string s_all = string.Join('\n', Directory.GetFiles(Files.Path("infra"), "*.bicep", SearchOption.AllDirectories).Select(File.ReadAllText));

    [Theory]
    [InlineData("main.bicep")]
    [InlineData("text-events.bicep")]
    public async Task It_compiles_without_a_warning(string template)
    {
        Bicep.Needed();
        Assert.Equal("", (await Bicep.BuildAsync(template)).Said);
    }

    [Fact]
    public async Task No_output_holds_a_secret_and_nobody_has_a_key_of_the_storage()
    {
        Bicep.Needed();
        var (main, _) = await Bicep.BuildAsync("main.bicep");
        var outputs = Bicep.Objects(main).Where(o => o["outputs"] is JsonObject).SelectMany(o => o["outputs"]!.AsObject());
        Assert.All(outputs, o => Assert.DoesNotMatch("listKeys|getSecret|secureString|secureObject", o.Value!.ToJsonString()));
        var storage = Bicep.Objects(main).Single(o => o["type"]?.ToString() == "Microsoft.Storage/storageAccounts");
        Assert.False((bool)storage["properties"]!["allowSharedKeyAccess"]!);
    }

    [Fact]
    public void Each_description_tells_what_a_parameter_is() =>
        Assert.All(Parameter().Matches(File.ReadAllText(Files.Path("infra", "main.bicep"))), p => Assert.True(p.Groups["described"].Success, p.Value));

    [Theory]
    [InlineData("acs")]
    [InlineData("twilio")]
    [InlineData("none")]
    public void The_settings_that_it_sets_are_those_that_the_head_needs(string carrier)
    {
        var set = Setting().Matches(s_all).Select(m => m.Groups[1].Value).Where(name => !IsOfAnother(carrier, name)).Distinct()
            .ToDictionary(name => name.Replace("__", ":", StringComparison.Ordinal), _ => (string?)"x");
        set["Carrier:Kind"] = carrier;
        set["KeyRing:Keys:k1"] = set["Assertion:Keys:a1"] = "x";
        var settings = new ConfigurationBuilder().AddInMemoryCollection(AcsDefaults.Settings).AddInMemoryCollection(set).Build();
        var faults = Assert.Throws<SettingsException>(() => HeadSettings.Read(settings, hasAcs: true)).Faults;
        Assert.DoesNotContain(faults, f => f.Contains("is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void Its_alerts_read_the_lines_that_the_head_writes()
    {
        var lines = new Lines();
        var log = new VerificationLog(lines);
        log.Taken(How.Call);
        var started = Core.Verification.Start("v", How.Text, Secret.From([1]), new VerificationPolicy(), DateTimeOffset.UtcNow).Next;
        log.Saved(started, started with { State = VerificationState.FraudReported });
        log.Saved(started, started with { State = VerificationState.Failed, Reason = Reason.TooManyCodes });
        Assert.Equal(["Carrier took: call", "Verification ended: text fraudReported -", "Verification ended: text failed too-many-codes"], lines.All);

        var alerts = Files.Read("infra", "modules", "alerts.bicep");
        Assert.Contains("Message startswith \"Verification ended: \" | parse Message with \"Verification ended: \" How \" \" State \" \" Reason", alerts, StringComparison.Ordinal);
        Assert.Contains("Message startswith \"Carrier took: \"", alerts, StringComparison.Ordinal);
        Assert.Contains("State == \"fraudReported\"", alerts, StringComparison.Ordinal);
        Assert.Contains("State in (\"failed\", \"expired\")", alerts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Carriers_are_set_by_name_and_nothing_of_one_that_is_none()
    {
        Bicep.Needed();
        var (main, _) = await Bicep.BuildAsync("main.bicep");
        var parameters = JsonNode.Parse(Files.Read("infra", "main.parameters.json"))!["parameters"]!.AsObject();
        Assert.All(main["parameters"]!.AsObject(), p => Assert.True(parameters.ContainsKey(p.Key), p.Key));
        Assert.Equal("[if(empty(parameters('carrierKind')), variables('given'), parameters('carrierKind'))]", main["variables"]!["kind"]!.ToString());
        Assert.Equal("[if(variables('hasAcs'), 'acs', if(variables('hasTwilio'), 'twilio', 'none'))]", main["variables"]!["given"]!.ToString());

        // Each one's settings where it is one of the two, and its resources where it is there.
        var settings = main["resources"]!["app"]!["properties"]!["parameters"]!["settings"]!["value"]!.ToString();
        Assert.Contains("createObject('Carrier__Kind', variables('checkedKind'))", settings, StringComparison.Ordinal);
        Assert.Contains("if(empty(variables('checkedFallback')), createObject(), createObject('Carrier__Fallback', variables('checkedFallback')))", settings, StringComparison.Ordinal);
        Assert.Contains("if(and(variables('hasAcs'), contains(variables('kinds'), 'acs')), reference('acs').outputs.settings.value, createObject())", settings, StringComparison.Ordinal);
        Assert.Contains("if(contains(variables('kinds'), 'twilio'), __bicep.twilioSettings(", settings, StringComparison.Ordinal);
        Assert.Equal("[variables('hasAcs')]", main["resources"]!["acs"]!["condition"]!.ToString());
        Assert.StartsWith("[if(variables('hasTwilio'), format('{0}/callbacks/texts#rc=5&rp=all', if(empty(parameters('customUrl')), ", main["outputs"]!["MFA_TWILIO_TEXTS_URL"]!["value"]!.ToString(), StringComparison.Ordinal);
    }

    private static bool IsOfAnother(string carrier, string setting) =>
        (carrier != "acs" && setting.StartsWith("Carrier__", StringComparison.Ordinal)) || (carrier != "twilio" && setting.StartsWith("Twilio__", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s+([A-Z]\w*__\w+):", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<described>@description\((?:'''.*?'''|'(?:[^'\\]|\\.)*')\)\n(?:@[^\n]*\n)*)?param \w+", RegexOptions.Singleline)]
    private static partial Regex Parameter();

    private sealed class Lines : ILogger<VerificationLog>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add(formatter(state, exception));
    }
}
