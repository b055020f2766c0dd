using System.Text.Json;
using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public class ExtensionTests
{
    private static readonly Gen<string> s_typed = Gen.OneOf(
        Gen.String, Gen.String["0123456789+ -()./;#x,w=ext"].Select(rest => "+31201234567" + rest), Gen.String["0123456789wp, "].Select(dial => "020 1234567 x" + dial));

    [Theory]
    [InlineData("NL", "020 123 4567 x12", "+31201234567;ext=12")]
    [InlineData(null, "+31 20 123 4567 X 12", "+31201234567;ext=12")]
    [InlineData(null, "+31 20 123 4567 ext. 12", "+31201234567;ext=12")]
    [InlineData("NL", "020-1234567 extension 1 234", "+31201234567;ext=1234")]
    [InlineData("NL", "0201234567#12", "+31201234567;ext=12")]
    [InlineData("NL", "020 1234567;ext=12", "+31201234567;ext=12")]
    [InlineData("NL", "020 1234567,,12", "+31201234567;ext=ww12")]
    [InlineData("NL", "020 1234567, 12", "+31201234567;ext=w12")]
    [InlineData("NL", "020 1234567 x ww12", "+31201234567;ext=ww12")]
    [InlineData("NL", "020 1234567p1p204", "+31201234567;ext=w1w204")]
    [InlineData(null, "+31201234567;ext=ww1w2345", "+31201234567;ext=ww1w2345")]
    [InlineData(null, "+31201234567;postd=pp22", "+31201234567;ext=ww22")]
    [InlineData(null, "＋３１２０１２３４５６７ x１２", "+31201234567;ext=12")]
    [InlineData(null, "+31 20 123 4567", "+31201234567")]
    public void The_number_of_an_office_may_have_an_extension_with_pauses(string? region, string written, string tel)
    {
        var parse = PhoneNumber.ParseOffice(region, written);
        Assert.True(parse.IsNumber, $"{parse.Refusal}");
        Assert.Equal((tel, "+31201234567", "NL"), (parse.Number.Tel, parse.Number.E164, parse.Number.Region));
    }

    [Theory]
    [InlineData("020 1234567 x", PhoneRefusal.NotANumber)]
    [InlineData("020 1234567 x12,", PhoneRefusal.NotANumber)]
    [InlineData("020 1234567 ,", PhoneRefusal.NotANumber)]
    [InlineData("020 1234567 x1 x2", PhoneRefusal.HasExtension)]
    [InlineData("020 1234567 x1234567890123", PhoneRefusal.TooLong)]
    [InlineData("020 1234567 x,,,,,,,,,,123", PhoneRefusal.TooLong)]
    [InlineData("x12", PhoneRefusal.NotANumber)]
    [InlineData("112 x12", PhoneRefusal.Emergency)]
    [InlineData("112,12", PhoneRefusal.Emergency)]
    [InlineData("0900 1234567 x12", PhoneRefusal.PremiumRate)]
    public void What_is_no_number_with_an_extension_is_refused_with_the_reason(string written, PhoneRefusal refusal) =>
        Assert.Equal(refusal, PhoneNumber.ParseOffice("NL", written).Refusal);

    [Theory, InlineData("020 1234567 x12"), InlineData("020 1234567,,12"), InlineData("+31201234567;ext=12")]
    public void A_user_can_not_type_one(string typed) => Assert.Equal(PhoneRefusal.HasExtension, PhoneNumber.Parse("NL", typed).Refusal);

    [Fact]
    public void Nothing_that_is_written_throws_and_every_number_reads_back_and_can_be_dialled() => s_typed.Sample(written =>
    {
        if (PhoneNumber.ParseOffice("NL", written).Number is not { } number) return;
        Assert.Equal(number, PhoneNumber.FromTel(number.Tel));
        Assert.Equal(number, PhoneNumber.ParseOffice(null, number.Tel).Number);
        if (number.Extension is not { } extension) return;
        Assert.InRange(extension.Dial.Length, 1, Extension.Longest);
        Assert.Equal(extension.Tones.Length, extension.Pauses.Length);
        Assert.True(extension.Pauses[0] > 0 && extension.Pauses.Skip(1).All(pauses => pauses > 0));
        Assert.All(extension.Tones, tones => Assert.True(tones.Length > 0 && tones.All(char.IsAsciiDigit)));
        Assert.Equal(string.Concat(extension.Tones), extension.Dial.Replace("w", "", StringComparison.Ordinal));
    }, iter: 10_000);

    [Theory]
    [InlineData("+31201234567;ext=12", "1", "12")]
    [InlineData("+31201234567;ext=ww12", "2", "12")]
    [InlineData("+31201234567;ext=1ww204w5", "1 2 1", "1 204 5")]
    public void Tones_are_sent_in_parts_each_after_its_pauses_and_the_first_after_one_at_least(string tel, string pauses, string tones)
    {
        var extension = PhoneNumber.FromTel(tel).Extension!;
        Assert.Equal((pauses, tones), (string.Join(' ', extension.Pauses), string.Join(' ', extension.Tones)));
    }

    [Fact]
    public void Nothing_of_it_is_shown_but_bullets()
    {
        var number = PhoneNumber.FromTel("+31201234567;ext=ww98");
        Assert.Equal("+31 •••••••67 ext. ••", number.Masked);
        Assert.Equal(("+31 •••••••67 ext. ••", "••"), ($"{number}", $"{number.Extension}"));
    }

    [Fact]
    public void Another_extension_is_another_number_and_none_takes_texts()
    {
        var (bare, first, second, later) = (Number("+14255550100"), Number("+14255550100;ext=1"), Number("+14255550100;ext=2"), Number("+14255550100;ext=w1"));
        Assert.Equal(4, new HashSet<PhoneNumber> { bare, first, second, later, Number("+14255550100;ext=1") }.Count);
        Assert.Equal((true, false), (bare.CanBeMobile, first.CanBeMobile));
    }

    [Fact]
    public void Rows_hold_it_and_those_without_one_are_as_they_were()
    {
        foreach (var tel in new[] { "+31201234567;ext=ww12", "+31201234567" })
        {
            var json = JsonSerializer.Serialize(Number(tel));
            Assert.Equal(tel, JsonDocument.Parse(json).RootElement.GetString());
            Assert.Equal(Number(tel), JsonSerializer.Deserialize<PhoneNumber>(json));
        }
    }

    [Theory]
    [InlineData("+31201234567;ext="), InlineData("+31201234567;ext=,12"), InlineData("+31201234567;ext=12w"), InlineData("+31201234567;ext=1234567890123")]
    [InlineData("+31201234567;EXT=12"), InlineData("+31201234567 x12"), InlineData("020;ext=12"), InlineData("+31201234567;ext=12\n")]
    public void What_is_not_written_so_is_no_row_of_ours_and_is_not_repeated_in_the_fault(string tel)
    {
        var fault = Assert.Throws<FormatException>(() => PhoneNumber.FromTel(tel));
        Assert.DoesNotContain("12", fault.Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PhoneNumber>(JsonSerializer.Serialize(tel)));
    }

    private static PhoneNumber Number(string tel) => PhoneNumber.FromTel(tel);
}
