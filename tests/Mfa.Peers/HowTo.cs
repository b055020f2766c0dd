using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Peers;

/// <summary>
/// A page of docs/, followed letter by letter, a section at a time: its sh blocks are run from the repository, a block below a line that is
/// a path in backquotes and a colon is written to that path, and a text block is what the sh block before it printed, … for what differs.
/// </summary>
public sealed partial class HowTo
{
    private readonly string _text;

    private HowTo(string text) => _text = text;

    /// <summary>A page by its path in the repository.</summary>
    public static HowTo Read(string page) => new(File.ReadAllText(Path.Combine(AuthenticatorPage.Repository, page)));

    /// <summary>Does what a section says.</summary>
    /// <param name="section">Its heading.</param>
    /// <param name="terminal">Where.</param>
    /// <returns>What its commands printed.</returns>
    public async Task<string> FollowAsync(string section, HowToTerminal terminal)
    {
        var body = Section().Matches(_text).Single(m => m.Groups["heading"].Value == section).Groups["body"].Value;
        var all = "";
        var last = "";
        var steps = Block().Matches(body);
        Assert.NotEmpty(steps);
        foreach (Match step in steps)
        {
            var text = step.Groups["text"].Value;
            if (step.Groups["file"].Success)
            {
                await terminal.WriteAsync(step.Groups["file"].Value, text);
            }
            else if (step.Groups["language"].Value == "sh")
            {
                all += last = await terminal.RunAsync(text);
            }
            else
            {
                Assert.Equal("text", step.Groups["language"].Value);
                foreach (var line in text.Trim().Split('\n'))
                {
                    Assert.Matches(string.Join(".*", line.Trim().Split('…').Select(Regex.Escape)), last);
                }
            }
        }

        return all;
    }

    [GeneratedRegex(@"^## (?<heading>[^\n]+)\n(?<body>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"(?:^`(?<file>/[^`\n]+)`[^\n]*:\n\n)?^```(?<language>\w+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
