using System.ComponentModel;
using System.Diagnostics;

namespace Mfa.Local;

/// <summary>
/// Azurite as npm's package. npx downloads it the first time and tells where it is; that is remembered, because npx alone takes
/// longer than Azurite's start.
/// </summary>
public static class AzuritePackage
{
    /// <summary>The pinned version.</summary>
    public const string Version = "3.37.0";

    private const string GetNode = "Install Node.js 20 or later from https://nodejs.org, or set Storage__ConnectionString to a storage account.";
    private static readonly TimeSpan s_download = TimeSpan.FromMinutes(5);

    /// <summary>Where the program was when it was last looked for; null on a first start.</summary>
    /// <param name="folder">Azurite's folder.</param>
    public static string? Remembered(string folder) =>
        File.Exists(Note(folder)) && File.ReadAllText(Note(folder)).Trim() is { } path && File.Exists(path) ? path : null;

    /// <summary>Downloads the package where it is missing, and tells where its program is.</summary>
    /// <exception cref="StartException">There is no Node.js, or the download failed.</exception>
    public static async Task<string> FindAsync(string folder, CancellationToken cancel)
    {
        using var npx = Start(
            OperatingSystem.IsWindows() ? "npx.cmd" : "npx",
            ["--yes", $"--package=azurite@{Version}", "--", "node", Path.Combine(AppContext.BaseDirectory, "Azurite", "find-azurite.cjs")]);
        npx.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_download);
        try
        {
            var faults = npx.StandardError.ReadToEndAsync(limit.Token);
            var path = (await npx.StandardOutput.ReadToEndAsync(limit.Token)).Trim();
            await npx.WaitForExitAsync(limit.Token);
            if (npx.ExitCode != 0 || !File.Exists(path))
            {
                throw new StartException($"Azurite {Version} can't be downloaded with npx: {LastFault(await faults)}");
            }

            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Note(folder), path, cancel);
            return path;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new StartException($"Azurite {Version} can't be downloaded with npx: it took longer than {s_download.TotalMinutes:0} minutes.");
        }
        finally
        {
            if (!npx.HasExited)
            {
                npx.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Starts a program of Node.js with its input and outputs in our hands.</summary>
    /// <exception cref="StartException">There is no Node.js.</exception>
    public static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["npm_config_update_notifier"] = "false";
        start.Environment["npm_config_loglevel"] = "error";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new StartException($"Azurite needs Node.js, and {program} can't be started. {GetNode}", e);
        }
    }

    /// <summary>What a program said last before it failed.</summary>
    public static string LastFault(string faults) =>
        faults.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .LastOrDefault(line => !line.Contains("complete log of this run", StringComparison.Ordinal) && !line.Contains("_logs", StringComparison.Ordinal)) ?? "it said nothing.";

    private static string Note(string folder) => Path.Combine(folder, $"azurite-{Version}.path");
}
