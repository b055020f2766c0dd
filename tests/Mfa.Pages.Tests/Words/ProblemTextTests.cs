using System.Text.RegularExpressions;
using Mfa.Core;
using Mfa.Web;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The sentences of refusals: every one that the sources can say is there with its facts, and nothing else.</summary>
public sealed partial class ProblemTextTests
{
    // What makes a problem, and the place of its text's key among the arguments.
    private static readonly Dictionary<string, int> s_makers = new() { ["Of"] = 1, ["Wait"] = 0, ["OfField"] = 0 };

    // Keys that are made of a value, as the sources write them.
    private static readonly Dictionary<string, string[]> s_computed = new()
    {
        ["Names.Kebab(refusal.Fault)"] = [.. Enum.GetValues<AccountFault>().Select(Names.Kebab)],
        ["Names.Kebab(refusal)"] = [.. Enum.GetValues<PhoneRefusal>().Select(Names.Kebab)],
        ["$\"challenge-over/{Names.Kebab(state)}\""] = [.. Enum.GetValues<ChallengeState>().Where(s => s != ChallengeState.Open).Select(s => $"challenge-over/{Names.Kebab(s)}")],
        ["$\"enrollment-over/{Names.Kebab(state)}\""] =
            [.. new[] { EnrollmentState.Failed, EnrollmentState.Expired, EnrollmentState.Cancelled }.Select(s => $"enrollment-over/{Names.Kebab(s)}")],
    };

    private static readonly IReadOnlyDictionary<string, string> s_texts = Languages.Shipped.English.Section("problems");

    private static readonly IReadOnlyList<Said> s_all = [.. Directory.GetFiles(Folders.Functions, "*.cs", SearchOption.AllDirectories).SelectMany(Read)];

    private static readonly IReadOnlyList<Said> s_said = [.. s_all.Where(s => s.Key.Length > 0)];

    private sealed record Said(string File, string Status, string Key, string[] Facts);

    [Fact]
    public void Every_sentence_that_the_sources_say_is_there_and_no_other()
    {
        var used = s_said.Select(s => s.Key).Distinct().Where(k => !s_computed.ContainsKey(k)).Concat(s_computed.Values.SelectMany(k => k));
        Assert.Equal(used.Distinct().Order(), s_texts.Keys.Where(k => !k.StartsWith("title/", StringComparison.Ordinal)).Order());
        Assert.All(s_computed.Keys, k => Assert.Contains(k, s_said.Select(s => s.Key)));
    }

    [Fact]
    public void Every_sentence_gets_the_facts_that_it_needs() =>
        Assert.All(s_said, s => Assert.All(s_computed.GetValueOrDefault(s.Key) ?? [s.Key], k => Assert.Equal(Language.Facts(s_texts[k]).Order(), s.Facts.Order())));

    [Fact]
    public void Every_status_has_its_title_and_no_other()
    {
        var used = s_all.SelectMany(s => Status().Matches(s.Status == "Status(refusal.Fault)" ? File.ReadAllText(s.File) : s.Status)).Select(m => $"title/{m.Groups[1].Value}");
        Assert.Equal(used.Distinct().Order(), s_texts.Keys.Where(k => k.StartsWith("title/", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void One_code_is_one_status_or_says_so()
    {
        // A code that came with two statuses would be two.
        var several = s_said.Where(s => !s_computed.ContainsKey(s.Key) && s.Status.Length > 0).GroupBy(s => s.Key.Split('/')[0]).Where(g => g.Select(s => s.Status).Distinct().Count() > 1).Select(g => g.Key);
        Assert.Equal(["invalid-request"], several);
    }

    private static IEnumerable<Said> Read(string file)
    {
        foreach (var call in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            var maker = call.Expression switch
            {
                MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Problem" } } member => member.Name.Identifier.Text,
                IdentifierNameSyntax name when Path.GetFileName(file) == "Problem.cs" => name.Identifier.Text,
                _ => "",
            };
            if (!s_makers.TryGetValue(maker, out var place))
            {
                continue;
            }

            var arguments = call.ArgumentList.Arguments.Select(a => a.Expression).ToArray();
            if (arguments[place] is IdentifierNameSyntax { Identifier.Text: "text" })
            {
                // One maker calls another, with a status of its own.
                yield return new(file, $"{arguments[0]}", "", []);
                continue;
            }

            var key = arguments[place] is LiteralExpressionSyntax literal ? literal.Token.ValueText : $"{arguments[place]}";
            yield return new(file, place == 0 ? "" : $"{arguments[0]}", key, [.. arguments.Skip(place + 1).OfType<TupleExpressionSyntax>().Select(t => ((LiteralExpressionSyntax)t.Arguments[0].Expression).Token.ValueText)]);
        }
    }

    [GeneratedRegex("Status(\\d{3})")]
    private static partial Regex Status();
}
