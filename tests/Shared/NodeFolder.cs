using System.ComponentModel;
using System.Diagnostics;

namespace Mfa.Tests;

/// <summary>A folder with programs of npm packages, which know nothing of ours.</summary>
/// <param name="path">Its path, from this project's folder.</param>
internal sealed class NodeFolder(string path)
{
    private static readonly SemaphoreSlim s_install = new(1, 1);

    private readonly string _folder = Path.GetFullPath(Path.Combine(ProjectFolder.Path, path));

    /// <summary>The path of a file below it, with the packages in place.</summary>
    public async Task<string> PathOf(string file)
    {
        await s_install.WaitAsync();
        try
        {
            // As the lock file wants it: a folder of before may lack what came since.
            var installed = new FileInfo(Path.Combine(_folder, "node_modules", ".package-lock.json"));
            if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(_folder, "package-lock.json")))
            {
                await RunAsync("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
            }
        }
        finally
        {
            s_install.Release();
        }

        return Path.Combine(_folder, file);
    }

    /// <summary>Starts a program of it, to speak with.</summary>
    public async Task<Process> StartAsync(string program, params string[] arguments) =>
        Start(new("node", [await PathOf(program), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true });

    /// <summary>What the program wrote; the test fails in the program's own words where it ends badly.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(new(program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true });
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Xunit.Assert.True(process.ExitCode == 0, $"{program} {arguments[0]} ended with {process.ExitCode}:\n{await output}\n{await errors}");
            return await output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
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
            Xunit.Assert.Fail($"This test needs Node 20 or newer: \"{start.FileName}\" was not found on the PATH.");
            throw;
        }
    }
}
