using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace Mfa.VirtualPhone.Tests;

/// <summary>The folder <c>clients</c> with packages of npm, which know nothing of the network.</summary>
internal static class NodeFolder
{
    private static readonly SemaphoreSlim Installing = new(1, 1);

    private static string Folder { get; } = Path.Combine(
        typeof(NodeFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "ProjectFolder").Value!, "clients");

    /// <summary>The path of a file below it, with the packages in place.</summary>
    public static async Task<string> PathOf(string file)
    {
        await Installing.WaitAsync();
        try
        {
            // As the lock file wants it: a folder of before may lack what came since.
            var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
            if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            {
                await Run("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
            }
        }
        finally
        {
            Installing.Release();
        }

        return Path.Combine(Folder, file);
    }

    /// <summary>What the program wrote; the test fails in the program's own words where it ends badly.</summary>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Start(start);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} {arguments[0]} ended with {process.ExitCode}:\n{await output}\n{await errors}");
            return await output;
        }
        finally
        {
            if (!process.HasExited) { process.Kill(entireProcessTree: true); }
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Fail($"This test needs Node 20 or newer: \"{start.FileName}\" was not found on the PATH.");
            throw;
        }
    }
}
