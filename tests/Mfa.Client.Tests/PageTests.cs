using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Client.Tests;

/// <summary>docs/second-step.md, letter by letter.</summary>
public sealed partial class PageTests(Storage storage)
{
    [Fact]
    public async Task What_the_page_says_to_type_works()
    {
        // Half a minute is over sooner here.
        await using var laptop = await Laptop.StartAsync(storage, new() { ["Policy:SendAgainAfter"] = "00:00:00.5" });
        var page = await File.ReadAllTextAsync(Path.Combine(ProjectFolder.Path, "../../docs/second-step.md"));
        var typed = string.Join('\n', Block().Matches(page).Select(m => m.Groups[1].Value))
            .Replace("http://127.0.0.1:7071", laptop.Url, StringComparison.Ordinal)
            .Replace("http://127.0.0.1:7072", laptop.Network, StringComparison.Ordinal)
            .Replace("sleep 30", "sleep 1", StringComparison.Ordinal);
        var said = await Tool.RunAsync("bash", "-euo", "pipefail", "-c", typed);
        Assert.Contains("\"state\":\"open\"", said, StringComparison.Ordinal);
        Assert.Contains("\"nonce\":\"n-0815\"", said, StringComparison.Ordinal);
        Assert.Contains("\"acr\":\"urn:mfa:second-step\"", said, StringComparison.Ordinal);
        Assert.Contains("\"keys\":[", said, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
