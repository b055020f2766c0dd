using System.Text.Json.Nodes;
using Mfa.Web;
using Microsoft.Extensions.Configuration;

namespace Mfa.Functions.Tests;

/// <summary>How infra/ treats keys: who can read them, and that a new one is known to all before it is used by any.</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData("KeyRing__Newest", "newestSealingKeyId", "sealingKeyIds")]
    [InlineData("Assertion__Newest", "newestAssertionKeyId", "assertionKeyIds")]
    public async Task A_key_that_is_added_is_not_used_before_it_is_named_the_newest(string setting, string newest, string ids)
    {
        Bicep.Needed();
        var (main, _) = await Bicep.BuildAsync("main.bicep");
        var parameters = main["parameters"]!;
        Assert.Equal(parameters[ids]!["defaultValue"]!.AsArray().Single()!.ToString(), parameters[newest]!["defaultValue"]!.ToString());

        // An expression of the named key alone, which must be among the known ones.
        var used = main["variables"]!["serviceSettings"]![setting]!.ToString();
        var named = used.Split('\'')[1];
        Assert.Equal($"[variables('{named}')]", used);
        Assert.StartsWith($"[if(contains(parameters('{ids}'), parameters('{newest}')), parameters('{newest}'), fail(", main["variables"]![named]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_parameter_of_a_key_can_be_set()
    {
        var parameters = JsonNode.Parse(Files.Read("infra", "main.parameters.json"))!["parameters"]!;
        Assert.Equal("${MFA_NEWEST_SEALING_KEY_ID}", parameters["newestSealingKeyId"]!["value"]!.ToString());
        Assert.Equal("${MFA_NEWEST_ASSERTION_KEY_ID}", parameters["newestAssertionKeyId"]!["value"]!.ToString());
        Assert.Equal("${MFA_NEWEST_EXTERNAL_MFA_KEY_ID}", parameters["newestExternalMfaKeyId"]!["value"]!.ToString());
    }

    [Fact]
    public void What_the_script_makes_for_Entra_is_a_key_that_the_head_reads()
    {
        var folder = Directory.CreateTempSubdirectory("mfa-key-");
        try
        {
            Assert.Equal((0, ""), MakeKeys(folder.FullName, "", "external-mfa-key-e1"));
            var settings = GoodSettings.All();
            (settings["ExternalMfa:AppId"], settings["ExternalMfa:Tenants"], settings["ExternalMfa:Newest"]) = ("app", "11111111-2222-3333-4444-555555555555", "e1");
            settings["ExternalMfa:Keys:e1"] = File.ReadAllText(System.IO.Path.Combine(folder.FullName, "made"));
            var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
            var published = JsonNode.Parse(MfaSettings.Read(reader).ExternalMfa.Keys.Published)!["keys"]!.AsArray().Single()!;
            reader.ThrowOnFaults();
            Assert.Equal(published["kid"]!.ToString(), published["x5t"]!.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(" 0123456789abcdef0123456789abcdef \n", "0123456789abcdef0123456789abcdef", "")]
    [InlineData("0123456789abcdef0123456789abcdef,fedcba9876543210fedcba9876543210\n", "0123456789abcdef0123456789abcdef,fedcba9876543210fedcba9876543210", "")]
    [InlineData("", null, "only you have what is missing in vault: twilio-auth-tokens")]
    [InlineData("a\"b\n", null, "has letters, digits and a comma")]
    public void What_Twilio_gives_is_asked_for_and_never_made(string typed, string? stored, string says)
    {
        var folder = Directory.CreateTempSubdirectory("mfa-key-");
        try
        {
            var (code, said) = MakeKeys(folder.FullName, typed, "twilio-auth-tokens");
            Assert.Equal(stored is null ? 1 : 0, code);
            Assert.Contains(says, said, StringComparison.Ordinal);
            var made = System.IO.Path.Combine(folder.FullName, "made");
            Assert.Equal(stored, File.Exists(made) ? File.ReadAllText(made) : null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("main.bicep", 1)]
    [InlineData("text-events.bicep", 0)]
    public async Task The_vault_opens_to_no_template_and_none_reads_it(string template, int makes)
    {
        Bicep.Needed();
        var (built, _) = await Bicep.BuildAsync(template);
        var vaults = Bicep.Objects(built).Where(o => o["type"]?.ToString() == "Microsoft.KeyVault/vaults" && o["properties"] is not null).ToList();
        Assert.Equal(makes, vaults.Count);
        Assert.All(vaults, v => Assert.False((bool)v["properties"]!["enabledForTemplateDeployment"]!));
        Assert.DoesNotContain(Bicep.Objects(built), o => o["reference"]?["keyVault"] is not null);
    }

    [Fact]
    public async Task The_header_of_text_events_is_the_one_that_the_head_reads()
    {
        var settings = GoodSettings.All();
        var read = MfaSettings.Read(new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())).Carrier.Acs!.TextEventsHeader;
        var naming = Directory.GetFiles(Files.Path("infra"), "*", SearchOption.AllDirectories).Where(f => File.ReadAllText(f).Contains(read, StringComparison.Ordinal));
        Assert.Equal("names.bicep", Path.GetFileName(Assert.Single(naming)));

        Bicep.Needed();
        var (main, _) = await Bicep.BuildAsync("main.bicep");
        Assert.Equal("[coalesce(tryGet(parameters('moreSettings'), 'Carrier__TextEventsHeader'), variables('textEventsHeader'))]", main["outputs"]!["MFA_TEXT_EVENTS_HEADER"]!["value"]!.ToString());
    }

    // The one thing that the script needs of the cloud is a place to put the key.
    private static (int Code, string Said) MakeKeys(string folder, string typed, string name)
    {
        var az = System.IO.Path.Combine(folder, "az");
        File.WriteAllText(az, $"#!/bin/sh\nwhile [ $# -gt 0 ]; do [ \"$1\" = --file ] && cp \"$2\" {folder}/made; shift; done\nexit 0\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var start = new System.Diagnostics.ProcessStartInfo("bash", [Files.Path("infra", "hooks", "make-keys.sh"), name]) { RedirectStandardInput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{folder}:{start.Environment["PATH"]}";
        (start.Environment["MFA_VAULT_NAME"], start.Environment["AZURE_SUBSCRIPTION_ID"]) = ("vault", "subscription");
        using var script = System.Diagnostics.Process.Start(start)!;
        script.StandardInput.Write(typed);
        script.StandardInput.Close();
        var said = script.StandardError.ReadToEnd();
        script.WaitForExit();
        return (script.ExitCode, said);
    }
}
