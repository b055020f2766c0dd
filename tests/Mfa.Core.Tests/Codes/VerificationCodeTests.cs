using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public class VerificationCodeTests
{
    private static readonly Secret s_key = Secret.From("a key of a verification"u8);

    private static readonly Gen<(Secret Key, string Id, int Send)> s_sends =
        Gen.Select(Gen.Byte.Array[1, 64].Select(bytes => Secret.From(bytes)), Gen.String[Gen.Char.AlphaNumeric, 1, 60], Gen.Int[1, int.MaxValue]);

    private static string Code(string id, int send) => VerificationCode.Derive(s_key, id, send).Reveal();

    [Fact]
    public void The_derivation_stays_as_it_is_so_codes_survive_an_upgrade()
    {
        // Computed apart: HMAC-SHA256("a key of a verification", "verification-code" 00000001 "abc-1"), first 8 bytes big-endian, mod 10^6.
        Assert.Equal("931849", Code("abc-1", 1));
        Assert.Equal("758096", Code("abc-1", 2));
    }

    [Fact]
    public void A_send_always_has_the_same_six_digits() => s_sends.Sample(
        (key, id, send) => VerificationCode.Derive(key, id, send).Reveal() is { Length: 6 } digits && digits.All(char.IsAsciiDigit)
            && digits == VerificationCode.Derive(Secret.From(key.Bytes), id, send).Reveal(), iter: 10_000);

    [Fact]
    public void A_code_matches_itself_however_it_is_typed() => Gen.Select(s_sends, Gen.OneOf("", " ", "-", "\u00a0", "–"), Gen.OneOf("", " ", "\t", "\n")).Sample(
        (sent, inner, outer) =>
        {
            var code = VerificationCode.Derive(sent.Key, sent.Id, sent.Send);
            return code.Matches(outer + code.Reveal().Insert(3, inner) + outer);
        }, iter: 10_000);

    [Fact]
    public void Any_other_six_digits_do_not_match() => Gen.Select(s_sends, Gen.Int[1, 999_999]).Sample(
        (sent, shift) =>
        {
            var code = VerificationCode.Derive(sent.Key, sent.Id, sent.Send);
            var other = (int.Parse(code.Reveal(), null) + shift) % 1_000_000;
            return !code.Matches($"{other:D6}");
        }, iter: 10_000);

    [Theory, InlineData(null), InlineData(""), InlineData("12345"), InlineData("1234567"), InlineData("abcdef"), InlineData("***")]
    public void What_is_no_code_never_matches(string? typed) => Assert.False(VerificationCode.Derive(s_key, "v", 1).Matches(typed));

    [Fact]
    public void Every_digit_is_as_frequent_in_every_place()
    {
        const int Codes = 100_000;
        var counts = new int[6, 10];
        for (var i = 0; i < Codes; i++)
        {
            var digits = Code($"v{i}", 1);
            for (var place = 0; place < 6; place++) counts[place, digits[place] - '0']++;
        }
        // Five standard deviations of a binomial with p = 1/10 are 474; the key is fixed, so this never flickers.
        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, (Codes / 10) - 474, (Codes / 10) + 474));
    }

    [Fact]
    public void A_new_send_repeats_the_old_code_no_more_often_than_chance()
    {
        // A tenth of a repeat is expected in 100,000.
        Assert.InRange(Enumerable.Range(0, 100_000).Count(i => Code($"v{i}", 1) == Code($"v{i}", 2)), 0, 2);
    }

    [Fact]
    public void Keys_ids_and_sends_all_count()
    {
        Assert.NotEqual(Code("v1", 1), Code("v2", 1));
        Assert.NotEqual(Code("v1", 1), Code("v1", 2));
        Assert.NotEqual(Code("v1", 1), VerificationCode.Derive(Secret.From("another"u8), "v1", 1).Reveal());
    }

    [Fact]
    public void There_is_no_send_before_the_first_and_no_verification_without_an_id()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => VerificationCode.Derive(s_key, "v", 0));
        Assert.Throws<ArgumentException>(() => VerificationCode.Derive(s_key, "", 1));
    }

    [Theory]
    [InlineData("123456 42", "123456", "42"), InlineData("12345642", "123456", "42"), InlineData("123 456 42", "123456", "42"), InlineData("123-456-42.", "123456", "42")]
    [InlineData("code 123456, 42 thanks", "123456", "42"), InlineData("123456\n42", "123456", "42"), InlineData("１２３４５６ ４２", "123456", "42")]
    [InlineData("123456", "123456", null), InlineData("it is 123-456", "123456", null), InlineData("123456 and then 42", "123456", null), InlineData("123456 2026", "123456", null)]
    public void The_digits_after_a_code_are_read_with_it(string reply, string code, string? digits) =>
        Assert.Equal((code, digits), VerificationCode.ReplyIn(reply));

    [Theory]
    [InlineData("no code"), InlineData("42"), InlineData("1234567"), InlineData("123456789"), InlineData("+31 612 345 678"), InlineData("123456 654321"), InlineData("123456 42 654321 43")]
    public void A_reply_with_no_one_code_has_no_digits_either(string reply) => Assert.Null(VerificationCode.ReplyIn(reply));
}
