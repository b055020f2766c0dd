using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>npm's axe-core, which finds what assistive technology would stumble over.</summary>
internal static class Axe
{
    private static readonly string s_folder = Path.Combine(Folders.Project, "axe");
    private static readonly SemaphoreSlim s_install = new(1, 1);
    private static string? s_source;

    /// <summary>What it finds on the page as it stands: nothing, if all is well.</summary>
    public static async Task<string[]> FindAsync(IPage page)
    {
        // Half a megabyte, which stays as long as the document does.
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(await SourceAsync());
        }

        var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html + n.any.map((a) => a.message)).join(' ')}`)");
        return [.. found.EnumerateArray().Select(v => v.GetString()!)];
    }

    private static async Task<string> SourceAsync()
    {
        await s_install.WaitAsync();
        try
        {
            var file = Path.Combine(s_folder, "node_modules", "axe-core", "axe.min.js");
            if (!File.Exists(file))
            {
                using var npm = Process.Start("npm", ["ci", "--prefix", s_folder, "--prefer-offline", "--no-audit", "--no-fund", "--silent"]);
                await npm.WaitForExitAsync();
                Assert.Equal(0, npm.ExitCode);
            }

            return s_source ??= await File.ReadAllTextAsync(file);
        }
        finally
        {
            s_install.Release();
        }
    }
}
