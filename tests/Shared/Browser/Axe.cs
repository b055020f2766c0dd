using Microsoft.Playwright;

namespace Mfa.Tests;

/// <summary>npm's axe-core, which finds what assistive technology would stumble over.</summary>
internal static class Axe
{
    private static readonly NodeFolder s_folder = new("../Shared/Browser");
    private static string? s_source;

    /// <summary>What it finds on the page as it stands: nothing, if all is well.</summary>
    /// <param name="frame">What is looked at, without the frames in it.</param>
    public static async Task<string[]> FindAsync(IFrame frame)
    {
        // Half a megabyte, which stays as long as the document does.
        if (!await frame.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await frame.EvaluateAsync(s_source ??= await File.ReadAllTextAsync(await s_folder.PathOf("node_modules/axe-core/axe.min.js")));
        }

        return await frame.EvaluateAsync<string[]>("async () => (await axe.run(document, { resultTypes: ['violations'], iframes: false })).violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.html + n.any.map((a) => a.message)).join(' ')}`)");
    }
}
