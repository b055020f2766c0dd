using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>The languages: what they all have, and how one is found.</summary>
public sealed class LanguageTests
{
    private static readonly Languages s_all = Languages.Shipped;

    public static TheoryData<string> Others => [.. s_all.All.Where(l => l != s_all.English).Select(l => l.Tag)];

    [Theory]
    [MemberData(nameof(Others))]
    public void A_language_has_the_sections_the_keys_and_the_facts_of_English_and_no_others(string tag)
    {
        var language = s_all.Find(tag)!;
        Assert.Equal(s_all.English.Sections, language.Sections);
        foreach (var section in s_all.English.Sections)
        {
            Assert.Equal(s_all.English.Section(section).Keys.Order(), language.Section(section).Keys.Order());
            Assert.All(language.Section(section), t => Assert.Equal(Language.Facts(s_all.English.Section(section)[t.Key]).Order(), Language.Facts(t.Value).Order()));
        }
    }

    [Fact]
    public void No_text_is_empty_nor_has_blanks_at_its_ends()
    {
        foreach (var language in s_all.All)
        {
            Assert.All(language.Sections.SelectMany(language.Section), t => Assert.True(t.Value.Length > 0 && t.Value == t.Value.Trim(), $"{language.Tag}: {t.Key}"));
            Assert.Contains(language.Direction, new[] { "ltr", "rtl" });
            Assert.StartsWith(language.Tag, language.Locale, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("nl", "nl")]
    [InlineData("nl", "NL-be")]
    [InlineData("nl", "fr", "nl-NL", "en")]
    [InlineData("en", "en-GB", "nl")]
    [InlineData("en", "fr")]
    [InlineData("en", "nlx", "-", "")]
    [InlineData("en")]
    public void The_best_is_the_first_that_there_is(string best, params string[] cultures) => Assert.Equal(best, s_all.Best(cultures).Tag);

    [Fact]
    public void An_account_without_a_culture_leaves_it_to_the_browser() => Assert.Equal("nl", s_all.Best([null, "nl"]).Tag);

    [Fact]
    public void A_third_language_is_one_more_file()
    {
        var arabic = JsonNode.Parse(Languages.ShippedTexts().Single(t => t.Key == "en").Value)!;
        arabic["language"]!["name"] = "العربية";
        arabic["language"]!["direction"] = "rtl";
        arabic["service"]!["text-code"] = "{company}: {code}";
        var three = new Languages(Languages.ShippedTexts().Append(new("ar", arabic.ToJsonString())));
        Assert.Equal(["ar", "en", "nl"], three.All.Select(l => l.Tag));
        var best = three.Best("ar-EG");
        Assert.Equal(("ar", "العربية", "rtl"), (best.Tag, best.Name, best.Direction));
        Assert.Equal("Contoso: 123456", best.Text("service", "text-code", ("code", "123456"), ("company", "Contoso")));
    }

    [Fact]
    public void A_fact_stands_for_nothing_more() =>
        Assert.StartsWith("{code}: your verification code is 1{company}.", s_all.English.Text("service", "text-code", ("company", "{code}"), ("code", "1{company}")), StringComparison.Ordinal);

    [Fact]
    public void A_text_that_is_not_there_or_lacks_a_fact_is_a_fault_and_no_other_language()
    {
        Assert.Throws<KeyNotFoundException>(() => s_all.English.Text("service", "none"));
        Assert.Throws<KeyNotFoundException>(() => s_all.English.Text("none", "text-code"));
        Assert.Throws<KeyNotFoundException>(() => s_all.English.Text("service", "text-code", ("company", "Contoso")));
    }

    [Fact]
    public void A_key_that_is_there_twice_is_a_fault() =>
        Assert.Throws<JsonException>(() => new Languages([new("en", """{"service": {"a": "1", "a": "2"}}""")]));

    [Fact]
    public void A_browser_gets_a_section_as_a_module()
    {
        var script = Encoding.UTF8.GetString(s_all.Find("nl")!.Module("authenticator"));
        const string Before = "export default ";
        Assert.StartsWith(Before, script, StringComparison.Ordinal);
        Assert.EndsWith(";\n", script, StringComparison.Ordinal);
        Assert.Equal(s_all.Find("nl")!.Section("authenticator"), JsonSerializer.Deserialize<Dictionary<string, string>>(script[Before.Length..^2]));
    }
}
