using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Mfa.Functions.Tests;

/// <summary>infra/hooks/text-events.sh with an az and a curl of our own: what it hands to Azure, and how.</summary>
public sealed class TextEventsHookTests : IDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef,fedcba9876543210fedcba9876543210";

    private readonly string _folder = Directory.CreateTempSubdirectory("mfa-hook-").FullName;

    private string _output = "";

    // Notes its arguments, keeps the file that it is given, and is the vault.
    private const string Az = """
        #!/usr/bin/env bash
        echo "$*" >>"$NOTES/arguments"
        if [ "$1" = keyvault ]; then cat "$NOTES/secret"; fi
        for argument in "$@"; do
          case $argument in @*) cp "${argument#@}" "$NOTES/parameters"; stat -c %a "${argument#@}" >"$NOTES/mode"; echo "${argument#@}" >"$NOTES/path" ;; esac
        done
        """;

    [Fact]
    public async Task The_secret_goes_to_the_deployment_by_a_file_of_ours_alone_that_is_gone_afterwards()
    {
        Assert.Equal((0, ""), await RunAsync(Secret));
        Assert.DoesNotContain(Secret, Note("arguments"), StringComparison.Ordinal);
        Assert.Contains("header=X-Any", Note("arguments"), StringComparison.Ordinal);
        Assert.Equal(Secret, JsonNode.Parse(Note("parameters"))!["parameters"]!["secrets"]!["value"]!.ToString());
        Assert.Equal("600", Note("mode"));
        Assert.False(File.Exists(Note("path")));
    }

    [Theory]
    [InlineData("", "has other characters")]
    [InlineData("a\"b", "has other characters")]
    public async Task A_secret_that_can_not_be_one_is_not_sent(string secret, string says)
    {
        var (code, said) = await RunAsync(secret);
        Assert.Equal(1, code);
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.DoesNotContain("deployment", Note("arguments"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://mfa.example/callbacks/texts", "HTTP POST,\n  https://mfa.example/callbacks/texts\n")]
    [InlineData("", "No carrier")]
    public async Task Without_Communication_Services_nothing_is_asked_of_Azure_and_what_Twilio_must_be_told_is_said(string address, string says)
    {
        Assert.Equal((0, ""), await RunAsync(Secret, ("MFA_COMMUNICATION_SERVICE_ID", ""), ("MFA_TWILIO_TEXTS_URL", address)));
        Assert.Contains(says, _output, StringComparison.Ordinal);
        Assert.Equal(address.Length > 0, !_output.Contains("No carrier", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(_folder, "arguments")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Note(string name) => File.ReadAllText(Path.Combine(_folder, name)).Trim();

    private async Task<(int Code, string Said)> RunAsync(string secret, params (string Name, string Value)[] others)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The hooks are for a POSIX shell.");
        Program("az", Az);
        Program("curl", "#!/usr/bin/env bash\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret"), secret);
        var start = new ProcessStartInfo("bash", [Files.Path("infra", "hooks", "text-events.sh")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{_folder}:{start.Environment["PATH"]}";
        start.Environment["NOTES"] = _folder;
        foreach (var (name, value) in (IEnumerable<(string, string)>)[
            ("MFA_COMMUNICATION_SERVICE_ID", "/subscriptions/s/resourceGroups/g/providers/Microsoft.Communication/communicationServices/acs"), ("MFA_APP_URL", "https://mfa.example"),
            ("MFA_VAULT_NAME", "vault"), ("MFA_TEXT_EVENTS_HEADER", "X-Any"), ("AZURE_RESOURCE_GROUP", "group"), ("AZURE_SUBSCRIPTION_ID", "s"), .. others,
        ])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        _output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await said);
    }

    private void Program(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
