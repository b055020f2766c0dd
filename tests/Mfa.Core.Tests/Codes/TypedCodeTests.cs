using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public class TypedCodeTests
{
    private static readonly Gen<string> s_anything = Gen.OneOf(
        Gen.String, Gen.String["0123456789 -–\n\u00a0٠١２３\u200eab.,+"], Gen.String[Gen.Char, 0, 80]);

    [Theory]
    [InlineData("123456"), InlineData(" 123456 "), InlineData("123 456"), InlineData("123-456"), InlineData("12 34 56"), InlineData("123\u00a0456")]
    [InlineData("123–456"), InlineData("１２３４５６"), InlineData("١٢٣٤٥٦"), InlineData("۱۲۳۴۵۶"), InlineData("१२३४५६"), InlineData("𝟏𝟐𝟑𝟒𝟓𝟔"), InlineData("\u200e123456\u200f")]
    public void Six_digits_of_any_script_are_a_code(string typed) => Assert.Equal("123456", VerificationCode.Normalize(typed));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("      "), InlineData("12345"), InlineData("1234567"), InlineData("12345a"), InlineData("123.456")]
    [InlineData("①②③④⑤⑥"), InlineData("½23456"), InlineData("+123456"), InlineData("一二三四五六")]
    public void Anything_else_is_none(string? typed) => Assert.Null(VerificationCode.Normalize(typed));

    [Fact]
    public void Leading_zeros_stay() => Assert.Equal("000007", VerificationCode.Normalize("000 007"));

    [Fact]
    public void An_endless_code_is_none() => Assert.Null(VerificationCode.Normalize(new string(' ', 100) + "123456"));

    [Theory]
    [InlineData("123456"), InlineData("123 456"), InlineData("123-456"), InlineData("My code is 123456, thanks!"), InlineData("code:123456."), InlineData("\n123 456\n")]
    [InlineData("(123456)"), InlineData("On 24 May I got 123456"), InlineData("at 10:45: 123-456"), InlineData("code123456"), InlineData("رمز ١٢٣٤٥٦")]
    [InlineData("My number is 0612345678, the code 123456")]
    public void A_reply_with_one_code_has_that_code(string text) => Assert.Equal("123456", VerificationCode.FindIn(text));

    [Theory]
    [InlineData(""), InlineData("STOP"), InlineData("12345"), InlineData("1234567"), InlineData("123456 or 654321"), InlineData("123456 123456")]
    [InlineData("123 456 or 654321"), InlineData("123 456 789"), InlineData("12 123 456"), InlineData("123 4567"), InlineData("1234 56"), InlineData("123\n456")]
    [InlineData("+31 612 345 678"), InlineData("0612345678")]
    public void A_reply_without_one_or_with_several_has_none(string text) => Assert.Null(VerificationCode.FindIn(text));

    [Fact]
    public void Whatever_is_typed_is_six_digits_or_nothing() => s_anything.Sample(text =>
    {
        foreach (var code in new[] { VerificationCode.Normalize(text), VerificationCode.FindIn(text) })
            Assert.True(code is null || (code.Length == 6 && code.All(char.IsAsciiDigit)));
    }, iter: 10_000);

    [Fact]
    public void A_code_is_found_among_any_words() => Gen.Select(Gen.Int[0, 999_999], Gen.OneOf("", " ", "-"), Gen.String["abc .,:!()é\n"], Gen.String["abc .,:!()é\n"]).Sample(
        (number, inner, before, after) => VerificationCode.FindIn(before + $"{number:D6}".Insert(3, inner) + after) == $"{number:D6}", iter: 10_000);
}
