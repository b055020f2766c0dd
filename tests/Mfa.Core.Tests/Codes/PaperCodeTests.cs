using Xunit;

namespace Mfa.Core.Tests;

public class PaperCodeTests
{
    [Fact]
    public void A_byte_makes_a_character_and_thirteen_show_as_three_groups()
    {
        var code = PaperCode.From([0, 1, 31, 32, 255, 25, 26, 7, 8, 9, 10, 11, 12]);
        Assert.Equal("AB7A7Z2HIJKLM", code);
        Assert.Equal("AB7A7-Z2HIJ-KLM", PaperCode.Grouped(code, 5));
    }

    [Theory]
    [InlineData("abcd-efgh", "ABCDEFGH")]
    [InlineData(" AB CD EF-G2 ", "ABCDEFG2")]
    [InlineData("ABCDEFG", null)]
    [InlineData("ABCDEFGHI", null)]
    [InlineData("ABCDEFG1", "ABCDEFGI"), InlineData("ABCDEFG9", null)]
    [InlineData("ABCDEFGſ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void What_is_typed_is_read_as_it_was_made(string? typed, string? code) => Assert.Equal(code, PaperCode.Normalize(typed, 8));
}
