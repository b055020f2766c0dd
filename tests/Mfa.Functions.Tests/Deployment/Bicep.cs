using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Mfa.Functions.Tests;

/// <summary>The Bicep compiler, as its package brings it: for Linux on x64 only.</summary>
internal static class Bicep
{
    private static readonly string s_program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Bicep").Value!;

    private static readonly ConcurrentDictionary<string, Lazy<Task<(JsonNode Template, string Said)>>> s_built = new();

    /// <summary>Skips the test, and says why, where the compiler can't run.</summary>
    public static void Needed() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "The Bicep compiler's package runs on Linux x64 only.");

    /// <summary>Compiles a template, once a run.</summary>
    /// <returns>The template as JSON, and what the compiler and its linter said.</returns>
    public static Task<(JsonNode Template, string Said)> BuildAsync(string template) => s_built.GetOrAdd(template, t => new(() => CompileAsync(t))).Value;

    private static async Task<(JsonNode Template, string Said)> CompileAsync(string template)
    {
        // Packages keep no executable bit.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(s_program, File.GetUnixFileMode(s_program) | UnixFileMode.UserExecute);
        }

        using var process = Process.Start(new ProcessStartInfo(s_program, ["build", "--stdout", Files.Path("infra", template)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
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
