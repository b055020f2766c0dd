using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Mfa.Functions.Tests;

/// <summary>The Bicep compiler, as its package brings it: for Linux on x64 only.</summary>
internal static class Bicep
{
    private static readonly string s_program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Bicep").Value!;

    /// <summary>Skips the test, and says why, where the compiler can't run.</summary>
    public static void Needed() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "The Bicep compiler's package runs on Linux x64 only.");

    /// <summary>Compiles a template.</summary>
    /// <returns>The template as JSON, and what the compiler and its linter said.</returns>
    public static async Task<(JsonNode Template, string Said)> BuildAsync(params string[] path)
    {
        // Packages keep no executable bit.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(s_program, File.GetUnixFileMode(s_program) | UnixFileMode.UserExecute);
        }

        using var process = Process.Start(new ProcessStartInfo(s_program, ["build", "--stdout", Files.Path(["infra", .. path])]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await said);
        return (JsonNode.Parse(output)!, await said);
    }

    /// <summary>Every object below a node.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Objects(p.Value)).Prepend(o),
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };
}
