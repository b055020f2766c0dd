using System.Text.Json;
using System.Text.RegularExpressions;
using Mfa.Core;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>What texts, calls, notices and the list of activities say: all of it is there, and nothing else.</summary>
public sealed partial class ServiceTextTests
{
    private static readonly string[] s_sources = [.. Directory.GetFiles(Folders.Functions, "*.cs", SearchOption.AllDirectories)];

    [Fact]
    public void Every_key_is_one_that_is_asked_for_and_the_other_way_round()
    {
        var words = File.ReadAllText(s_sources.Single(f => Path.GetFileName(f) == "Words.cs"));
        var literal = Literal().Matches(words).Select(m => m.Value.Trim('"'));
        var asks = new[] { CallPrompt.Verify, CallPrompt.VerifyAgain }.Select(p => $"Call{p}Number");
        var notices = Told().Matches(File.ReadAllText(s_sources.Single(f => Path.GetFileName(f) == "Notice.cs"))).Select(m => $"Notice{m.Groups[1].Value}");
        var used = literal.Concat(asks).Concat(notices).Concat(Enum.GetNames<CallPrompt>().Select(p => $"Call{p}")).Concat(Enum.GetNames<AuditKind>().Select(k => $"Activity{k}"));
        Assert.Equal(used.Select(JsonNamingPolicy.KebabCaseLower.ConvertName).Order(), Languages.Shipped.English.Section("service").Keys.Order());
    }

    [Fact]
    public void Every_language_has_all_facts_for_what_it_says()
    {
        foreach (var language in Languages.Shipped.All)
        {
            var words = new Web.Words(language);
            var code = VerificationCode.Derive(Secret.From(new byte[32]), "v", 1);
            foreach (var number in new[] { false, true })
            {
                Assert.Contains(code.Reveal(), words.CodeText("Contoso", code, "Pay", number, hasPage: true, "contoso.example"), StringComparison.Ordinal);
                Assert.Contains(code.Reveal(), words.CodeText("Contoso", code, "Pay", number, hasPage: false, null), StringComparison.Ordinal);
                Assert.All(Enum.GetValues<CallPrompt>(), p => Assert.Equal((language.Locale, language.Locale), (words.Spoken(p, "Contoso", number, "Pay").Locale, words.Spoken(p, "Contoso", number).Locale)));
            }

            Assert.All(Enum.GetValues<AuditKind>(), k => Assert.NotEmpty(words.Activity(k)));
            Assert.All(language.Section("service").Keys.Where(k => k.StartsWith("notice-", StringComparison.Ordinal)), k => Assert.StartsWith("Contoso: ", language.Text("service", k, ("company", "Contoso")), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_account_of_a_language_that_there_is_not_is_texted_in_English() =>
        Assert.Equal(Web.Words.Of("en").Notice(AuditKind.Reset, "Contoso"), Web.Words.Of("fr-FR").Notice(AuditKind.Reset, "Contoso"));

    // Names that are not made of an enum's.
    [GeneratedRegex("\"(Text|Call|Message)[A-Z]\\w+\"")]
    private static partial Regex Literal();

    [GeneratedRegex("AuditKind\\.(\\w+),")]
    private static partial Regex Told();
}
