using System.Text.Json;
using System.Text.Json.Serialization;
using PhoneNumbers;
using Xunit;

namespace Mfa.Core.Tests;

public sealed record PhoneRow(Mfa.Core.PhoneNumber? Phone, Dictionary<Mfa.Core.PhoneNumber, int> Sends);

// As the rows are written elsewhere: source-generated, from another assembly.
[JsonSerializable(typeof(PhoneRow))]
internal sealed partial class PhoneRowJson : JsonSerializerContext;

public class PhoneNumberTests
{
    private static readonly PhoneNumberUtil s_phones = PhoneNumberUtil.GetInstance();
    private static readonly Mfa.Core.PhoneNumber s_number = Mfa.Core.PhoneNumber.FromE164("+31612345678");

    private static IEnumerable<(PhoneNumberType Type, Mfa.Core.PhoneNumber Number)> Examples() =>
        from region in Regions.All
        from type in new[] { PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.VOIP }
        let example = s_phones.GetExampleNumberForType(region.Region, type)
        where example is not null
        select (type, Mfa.Core.PhoneNumber.Parse(region.Region, s_phones.Format(example, PhoneNumberFormat.NATIONAL)).Number!);

    [Theory]
    [InlineData("+31612345678", "+31 •••••••78"), InlineData("+14255550100", "+1 ••••••••00"), InlineData("+390612345678", "+39 ••••••••78"), InlineData("+2908999", "+290 ••99")]
    public void A_mask_has_the_calling_code_and_the_last_two_digits(string e164, string masked) => Assert.Equal(masked, Mfa.Core.PhoneNumber.FromE164(e164).Masked);

    [Fact]
    public void No_mask_shows_more_than_the_last_two_national_digits()
    {
        foreach (var (_, number) in Examples())
        {
            var (callingCode, national) = number.Masked.Split(' ') is [var first, var second] ? (first, second) : default;
            Assert.StartsWith(callingCode, number.E164, StringComparison.Ordinal);
            Assert.Equal(number.E164.Length - callingCode.Length, national.Length);
            Assert.Equal(new string('•', national.Length - 2) + number.E164[^2..], national);
        }
    }

    [Fact]
    public void A_number_never_prints_itself()
    {
        Assert.Equal("+31 •••••••78", $"{s_number}");
        Assert.Equal("PhoneRow { Phone = +31 •••••••78, Sends =  }", $"{new PhoneRow(s_number, null!)}");
        Assert.DoesNotContain("12345", $"{Mfa.Core.PhoneNumber.Parse("NL", "0612345678")}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_knows_whether_it_can_be_a_mobile_or_a_fixed_line() => Assert.All(Examples(), example =>
        Assert.True(example.Type == PhoneNumberType.MOBILE ? example.Number.CanBeMobile : example.Number.CanBeFixedLine));

    [Theory, InlineData("+31612345678", true, false), InlineData("+31201234567", false, true), InlineData("+14255550100", true, true), InlineData("+31851234567", false, true)]
    public void Mobile_fixed_both_or_voip(string e164, bool mobile, bool fixedLine)
    {
        var number = Mfa.Core.PhoneNumber.FromE164(e164);
        Assert.Equal((mobile, fixedLine), (number.CanBeMobile, number.CanBeFixedLine));
    }

    [Fact]
    public void Every_kind_of_number_of_every_region_reads_back_from_e164() => Assert.All(Examples(), example =>
    {
        var again = Mfa.Core.PhoneNumber.FromE164(example.Number.E164);
        Assert.Equal((example.Number, example.Number.Region, example.Number.CanBeMobile), (again, again.Region, again.CanBeMobile));
        Assert.Equal(example.Number.GetHashCode(), again.GetHashCode());
    });

    [Fact]
    public void Whoever_asks_first_hears_the_same() => Assert.All(Examples().Take(100), example =>
    {
        var read = Mfa.Core.PhoneNumber.FromE164(example.Number.E164);
        var heard = new (string, bool, bool)[4];
        Parallel.For(0, heard.Length, i => heard[i] = (read.Region, read.CanBeMobile, read.CanBeFixedLine));
        Assert.All(heard, says => Assert.Equal((example.Number.Region, example.Number.CanBeMobile, example.Number.CanBeFixedLine), says));
    });

    [Fact]
    public void A_number_that_is_no_longer_given_out_still_reads_from_its_row() => Assert.Equal("NL", Mfa.Core.PhoneNumber.FromE164("+31111111111").Region);

    [Theory]
    [InlineData(""), InlineData("+"), InlineData("31612345678"), InlineData("+31 612345678"), InlineData("+310612345678"), InlineData("+3161234567812345"), InlineData("+0612345678")]
    [InlineData("+99912345678"), InlineData("+31612345678\n"), InlineData("tel:+31612345678"), InlineData("+٣١٦١٢٣٤٥٦٧٨")]
    public void What_is_not_e164_is_no_row_of_ours_and_is_not_repeated_in_the_fault(string text)
    {
        var fault = Assert.Throws<FormatException>(() => Mfa.Core.PhoneNumber.FromE164(text));
        Assert.DoesNotContain("123", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_holds_the_e164_string()
    {
        var row = new PhoneRow(s_number, new() { [s_number] = 2 });
        var json = JsonSerializer.Serialize(row, PhoneRowJson.Default.PhoneRow);
        Assert.Equal("+31612345678", JsonDocument.Parse(json).RootElement.GetProperty("Phone").GetString());
        var again = JsonSerializer.Deserialize(json, PhoneRowJson.Default.PhoneRow)!;
        Assert.Equal((s_number, 2), (again.Phone, again.Sends[s_number]));
        Assert.Null(JsonSerializer.Deserialize("""{"Phone":null,"Sends":{}}""", PhoneRowJson.Default.PhoneRow)!.Phone);
    }

    [Theory, InlineData("\"0612345678\""), InlineData("31612345678"), InlineData("{}")]
    public void Json_that_is_no_number_is_a_json_fault(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Mfa.Core.PhoneNumber>(json));
}
