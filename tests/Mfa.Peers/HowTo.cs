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
    public static HowTo Read(string page) => new(File.ReadAllText(Path.Combine(Repository.Folder, page)));

    /// <summary>Does what a section says, in one shell.</summary>
    /// <param name="section">Its heading.</param>
    /// <param name="terminal">Where.</param>
    /// <returns>What its commands printed.</returns>
    public async Task<string> FollowAsync(string section, HowToTerminal terminal)
    {
        var body = Section().Matches(_text).Single(m => m.Groups["heading"].Value == section).Groups["body"].Value;
        var steps = Block().Matches(body).Select(step => (File: step.Groups["file"], Language: step.Groups["language"].Value, Text: step.Groups["text"].Value)).ToList();
        Assert.NotEmpty(steps);
        var mark = $"{Guid.NewGuid()}";
        var printed = await terminal.RunAsync(string.Concat(steps.Select(step =>
            step.File.Success ? $"cat > '{step.File.Value}' <<'{mark}'\n{step.Text}{mark}\n" : step.Language == "sh" ? $"{step.Text}echo {mark}\n" : "")));
        var commands = printed.Split(mark);
        var last = -1;
        foreach (var step in steps.Where(step => !step.File.Success))
        {
            if (step.Language == "sh")
            {
                last++;
                continue;
            }

            Assert.Equal("text", step.Language);
            foreach (var line in step.Text.Trim().Split('\n'))
            {
                Assert.Matches(string.Join(".*", line.Trim().Split('…').Select(Regex.Escape)), commands[last]);
            }
        }

        return printed;
    }

    [GeneratedRegex(@"^## (?<heading>[^\n]+)\n(?<body>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex(@"(?:^`(?<file>/[^`\n]+)`[^\n]*:\n\n)?^```(?<language>\w+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
