using System.Diagnostics;
using System.Reflection;

namespace Mfa.Local.Tests;

/// <summary>The folder <c>browser</c> with programs of npm packages, which know nothing of ours.</summary>
internal static class NodeFolder
{
    /// <summary>This project's folder.</summary>
    public static string Project { get; } = typeof(NodeFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!;

    private static readonly string s_folder = Path.Combine(Project, "browser");
    private static readonly SemaphoreSlim s_install = new(1, 1);

    /// <summary>Starts one of them; its packages are put in place before.</summary>
    public static async Task<Process> StartAsync(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("node", [await PathOf(program), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>The path of a file below it, with the packages in place.</summary>
    public static async Task<string> PathOf(string file)
    {
        await s_install.WaitAsync();
        try
        {
            if (!IsInstalled())
            {
                using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund"]) { WorkingDirectory = s_folder, RedirectStandardOutput = true })!;
                await npm.StandardOutput.ReadToEndAsync();
                await npm.WaitForExitAsync();
                Assert.Equal(0, npm.ExitCode);
            }
        }
        finally
        {
            s_install.Release();
        }

        return Path.Combine(s_folder, file);
    }

    // As the lock file wants it: a folder of before may lack what came since.
    private static bool IsInstalled()
    {
        var installed = new FileInfo(Path.Combine(s_folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(s_folder, "package-lock.json"));
    }
}
