using System.Reflection;
using System.Text.RegularExpressions;

namespace Mfa.Functions.Tests;

/// <summary>The README and the pages of docs/.</summary>
public sealed partial class PageTests
{
    private static readonly string s_root = Path.GetFullPath(typeof(PageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Repository").Value!);

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Path.Combine(s_root, "docs"), "*.md").Select(f => $"docs/{Path.GetFileName(f)}"), "README.md", "functions/Mfa.Client/README.md", "functions/Mfa.Pages/README.md", "functions/Mfa.VirtualPhone/README.md"];

    [Fact]
    public void The_README_stays_a_newcomers_page() => Assert.InRange(File.ReadAllLines(Path.Combine(s_root, "README.md")).Length, 1, 150);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string page)
    {
        var file = Path.Combine(s_root, page);
        var broken = Link().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Where(l => !l.Contains("://", StringComparison.Ordinal) && !Leads(file, l));
        Assert.Empty(broken);
    }

    [Fact]
    public void The_README_links_every_page()
    {
        var readme = File.ReadAllText(Path.Combine(s_root, "README.md"));
        Assert.All(Pages.Select(p => p.Data).Where(p => p != "README.md"), page => Assert.Contains($"]({page})", readme, StringComparison.Ordinal));
    }

    private static bool Leads(string from, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? from : Path.Combine(Path.GetDirectoryName(from)!, parts[0]);
        return (File.Exists(target) || Directory.Exists(target))
            && (parts.Length == 1 || File.ReadLines(target).Where(l => l.StartsWith('#')).Any(l => Anchor(l) == parts[1]));
    }

    // As GitHub makes it of a heading: letters, digits and hyphens of it, lower-case, a hyphen for each blank.
    private static string Anchor(string heading) =>
        string.Concat(heading.TrimStart('#').Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
