using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A company's colour: what is written in it and on it can be read.</summary>
public sealed partial class LookTests
{
    private static Colour Of(string text) => Colour.Parse(text)!.Value;

    // WCAG's own limits: #767676 is the lightest grey that can be read on white.
    [Theory]
    [InlineData("#000000", "#ffffff", "21.00")]
    [InlineData("#767676", "#ffffff", "4.54")]
    [InlineData("#777777", "#ffffff", "4.48")]
    [InlineData("#0b6b5d", "#0b6b5d", "1.00")]
    public void The_contrast_of_two_colours(string one, string other, string contrast)
    {
        Assert.Equal(contrast, Of(one).Contrast(Of(other)).ToString("0.00", CultureInfo.InvariantCulture));
        Assert.Equal(contrast, Of(other).Contrast(Of(one)).ToString("0.00", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("0b6b5d")]
    [InlineData("#0b6b5")]
    [InlineData("#0b6b5dff")]
    [InlineData("#0b6b5g")]
    public void What_is_no_colour(string text) => Assert.Null(Colour.Parse(text));

    [Fact]
    public void What_a_colour_is_measured_against_is_what_the_style_has()
    {
        var (day, night) = (Values(0), Values(1));
        Assert.Equal([Of(day["card"]), Of(day["ground"])], PageLook.Grounds(default).Take(2));
        Assert.Equal([Of(night["card"]), Of(night["ground"])], PageLook.DarkGrounds(default).Take(2));
        Assert.True(PageLook.IsReadable(Of(day["brand"]), PageLook.Grounds(Of(day["brand"]))));
        Assert.True(PageLook.IsReadable(Of(night["brand"]), PageLook.DarkGrounds(Of(night["brand"]))));
    }

    [Theory]
    [InlineData("#0b6b5d")]
    [InlineData("#000000")]
    [InlineData("#8a0000")]
    [InlineData("#0000ff")]
    public void By_night_a_colour_is_lightened_until_it_can_be_read_and_so_is_what_is_written_on_it(string day)
    {
        var night = PageLook.Lightened(Of(day));
        Assert.True(PageLook.IsReadable(night, PageLook.DarkGrounds(night)));
        Assert.InRange(night.Contrast(night.Ink), PageLook.LeastContrast, 21);
        var css = new PageLook(Of(day), null, null).Css;
        Assert.Contains($"--brand: {day};", css, StringComparison.Ordinal);
        Assert.Contains($"--brand: {night}; --on-brand: {night.Ink};", css, StringComparison.Ordinal);
    }

    // The first block is the day's, the second the night's.
    private static Dictionary<string, string> Values(int block) =>
        Value().Matches(Root().Matches(File.ReadAllText(Path.Combine(Folders.Pages, Folders.Family)))[block].Value).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    [GeneratedRegex(@":root \{[^}]+\}")]
    private static partial Regex Root();

    [GeneratedRegex("--([a-z-]+): (#[0-9a-f]{6});")]
    private static partial Regex Value();
}
