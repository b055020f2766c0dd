using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public class PhoneParseTests
{
    private static readonly Gen<string?> s_regions = Gen.OneOf(
        Gen.OneOf<string?>([.. Regions.All.Select(region => region.Region)]), Gen.OneOf<string?>(null, "", " ", "nl", "XX", "001", "ZZZ", "🇳🇱"));

    private static readonly Gen<string> s_typed = Gen.OneOf(
        Gen.String, Gen.String[Gen.Char, 0, 60], Gen.String["0123456789"], Gen.String["0123456789+ -()./"], Gen.String["0123456789+＋ -–()./~*#x;,=extisub:pho\u200e\u00a0\t\n٠١２３"]);

    [Theory]
    [InlineData("NL", "06 12345678", "+31612345678", "NL")]
    [InlineData("nl", "+31 (0)6-1234.5678", "+31612345678", "NL")]
    [InlineData("NL", "0031 6 12 34 56 78", "+31612345678", "NL")]
    [InlineData("NL", "(+31) 612345678", "+31612345678", "NL")]
    [InlineData("NL", "٠٦١٢٣٤٥٦٧٨", "+31612345678", "NL")]
    [InlineData("NL", "＋３１６１２３４５６７８", "+31612345678", "NL")]
    [InlineData("NL", "\u200e+31\u00a06\u200a12345678", "+31612345678", "NL")]
    [InlineData("DE", "030/123456", "+4930123456", "DE")]
    [InlineData("IT", "06 1234 5678", "+390612345678", "IT")]
    [InlineData("GB", "07400 123456", "+447400123456", "GB")]
    [InlineData("GB", "07911 123456", "+447911123456", "GG")]
    [InlineData("AR", "011 15-2345-6789", "+5491123456789", "AR")]
    [InlineData("US", "+1 604 250 0123", "+16042500123", "CA")]
    [InlineData("US", "604-250-0123", "+16042500123", "CA")]
    [InlineData(null, "+31612345678", "+31612345678", "NL")]
    [InlineData("", " +1 (425) 555-0100 ", "+14255550100", "US")]
    public void A_number_is_read_as_people_of_the_region_write_it(string? region, string typed, string e164, string of)
    {
        var parse = PhoneNumber.Parse(region, typed);
        Assert.True(parse.IsNumber, $"{parse.Refusal}");
        Assert.Null(parse.Refusal);
        Assert.Equal((e164, of), (parse.Number.E164, parse.Number.Region));
    }

    [Theory]
    [InlineData("XX", "0612345678", PhoneRefusal.UnknownRegion)]
    [InlineData("XX", "+31612345678", PhoneRefusal.UnknownRegion)]
    [InlineData("001", "+80012345678", PhoneRefusal.UnknownRegion)]
    [InlineData(null, "0612345678", PhoneRefusal.UnknownRegion)]
    [InlineData("NL", null, PhoneRefusal.NotANumber)]
    [InlineData("NL", "   ", PhoneRefusal.NotANumber)]
    [InlineData("NL", "+", PhoneRefusal.NotANumber)]
    [InlineData("NL", "my phone", PhoneRefusal.NotANumber)]
    [InlineData("NL", "call 0612345678", PhoneRefusal.NotANumber)]
    [InlineData("NL", "tel:+31612345678;isub=1", PhoneRefusal.NotANumber)]
    [InlineData("US", "1-425-FLOWERS", PhoneRefusal.NotANumber)]
    [InlineData("NL", "+999 1234567", PhoneRefusal.UnknownCallingCode)]
    [InlineData("NL", "+447911123456", PhoneRefusal.RegionMismatch)]
    [InlineData("NL", "00447911123456", PhoneRefusal.RegionMismatch)]
    [InlineData("NL", "+80012345678", PhoneRefusal.RegionMismatch)]
    [InlineData("NL", "0612345678901234567", PhoneRefusal.TooLong)]
    [InlineData("NL", "0612345678 / 0687654321", PhoneRefusal.TooLong)]
    [InlineData("NL", "01234567890123456789012345678901234567890", PhoneRefusal.TooLong)]
    [InlineData("NL", "06", PhoneRefusal.TooShort)]
    [InlineData("US", "555-0100", PhoneRefusal.TooShort)]
    [InlineData("NL", "06 1234567", PhoneRefusal.NotInUse)]
    [InlineData("US", "111 555 0100", PhoneRefusal.NotInUse)]
    [InlineData("NL", "020 1234567 x12", PhoneRefusal.HasExtension)]
    [InlineData("NL", "020 1234567 ext. 12", PhoneRefusal.HasExtension)]
    [InlineData("NL", "020 1234567#12", PhoneRefusal.HasExtension)]
    [InlineData("NL", "020 1234567;ext=12", PhoneRefusal.HasExtension)]
    [InlineData("NL", "020 1234567,,12", PhoneRefusal.HasExtension)]
    public void What_is_no_number_of_the_region_is_refused_with_the_reason(string? region, string? typed, PhoneRefusal refusal)
    {
        var parse = PhoneNumber.Parse(region, typed);
        Assert.False(parse.IsNumber);
        Assert.Equal(refusal, parse.Refusal);
    }

    [Fact]
    public void Nothing_that_is_typed_throws_and_every_number_reads_back() => Gen.Select(s_regions, s_typed).Sample((region, typed) =>
    {
        if (PhoneNumber.Parse(region, typed) is not { Number: { } number } parse) return;
        Assert.Null(parse.Refusal);
        Assert.InRange(number.E164.Length, 4, 16);
        Assert.Equal((number, number.Region), (PhoneNumber.FromE164(number.E164), PhoneNumber.FromE164(number.E164).Region));
        Assert.Equal(number, PhoneNumber.Parse(number.Region, number.E164).Number);
    }, iter: 10_000);
}
