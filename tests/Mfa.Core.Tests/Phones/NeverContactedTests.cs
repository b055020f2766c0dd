using PhoneNumbers;
using Xunit;

namespace Mfa.Core.Tests;

/// <summary>Numbers that no text or call may ever go to, in every region that has them.</summary>
public class NeverContactedTests
{
    private static readonly PhoneNumberUtil s_phones = PhoneNumberUtil.GetInstance();

    private static readonly string[] s_twoOrThreeDigits =
        [.. Enumerable.Range(0, 100).Select(number => $"{number:D2}"), .. Enumerable.Range(0, 1000).Select(number => $"{number:D3}")];

    private static IEnumerable<string> EmergencyNumbers(string region) =>
        s_twoOrThreeDigits.Where(number => number is "112" or "911" or "999" || ShortNumberInfo.GetInstance().IsEmergencyNumber(number, region));

    [Fact]
    public void Emergency_numbers_are_refused_in_every_region_however_they_are_typed()
    {
        foreach (var (region, callingCode, _) in Regions.All)
        {
            var trunk = s_phones.GetNddPrefixForRegion(region, true) ?? "";
            foreach (var number in EmergencyNumbers(region))
            {
                string[] typed = [number, $" {number[0]}-{number[1..]} ", $"+{number}", $"+{callingCode}{number}", $"+{callingCode} {number}", trunk + number];
                Assert.All(typed, way => Assert.True(Mfa.Core.PhoneNumber.Parse(region, way).Refusal is PhoneRefusal.Emergency, $"{region} {way}: {Mfa.Core.PhoneNumber.Parse(region, way)}"));
            }
        }
    }

    [Theory, InlineData("IN", "1298"), InlineData("SE", "90000"), InlineData("ER", "124422"), InlineData("GA", "+241 1300"), InlineData("NL", "0031 112")]
    public void Longer_emergency_numbers_are_refused_as_such(string region, string typed) =>
        Assert.Equal(PhoneRefusal.Emergency, Mfa.Core.PhoneNumber.Parse(region, typed).Refusal);

    [Theory, InlineData("+112"), InlineData("911"), InlineData("+31 112"), InlineData("+1911"), InlineData("+49 110"), InlineData("+81119"), InlineData("٩٩٩")]
    public void Emergency_numbers_are_refused_without_a_region_too(string typed) =>
        Assert.Equal(PhoneRefusal.Emergency, Mfa.Core.PhoneNumber.Parse(null, typed).Refusal);

    [Theory, InlineData("GB", "118500"), InlineData("NL", "1888"), InlineData("US", "411"), InlineData("DE", "115")]
    public void Short_numbers_are_refused(string region, string typed) =>
        Assert.Equal(PhoneRefusal.ShortNumber, Mfa.Core.PhoneNumber.Parse(region, typed).Refusal);

    [Theory]
    [InlineData(PhoneNumberType.PREMIUM_RATE, PhoneRefusal.PremiumRate, 100), InlineData(PhoneNumberType.SHARED_COST, PhoneRefusal.SharedCost, 40)]
    [InlineData(PhoneNumberType.TOLL_FREE, PhoneRefusal.NotAPersonsPhone, 100), InlineData(PhoneNumberType.UAN, PhoneRefusal.NotAPersonsPhone, 40)]
    [InlineData(PhoneNumberType.PERSONAL_NUMBER, PhoneRefusal.NotAPersonsPhone, 40), InlineData(PhoneNumberType.PAGER, PhoneRefusal.NotAPersonsPhone, 10)]
    [InlineData(PhoneNumberType.VOICEMAIL, PhoneRefusal.NotAPersonsPhone, 10)]
    public void Numbers_that_cost_more_or_that_nobody_answers_are_refused_everywhere(PhoneNumberType type, PhoneRefusal refusal, int regionsAtLeast)
    {
        var examples = Regions.All.Select(region => (region.Region, Number: s_phones.GetExampleNumberForType(region.Region, type))).Where(example => example.Number is not null).ToArray();
        Assert.True(examples.Length >= regionsAtLeast);
        foreach (var (region, number) in examples)
        {
            Assert.All([PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.E164], format =>
                Assert.Equal(refusal, Mfa.Core.PhoneNumber.Parse(region, s_phones.Format(number, format)).Refusal));
            Assert.Equal(refusal, Mfa.Core.PhoneNumber.Parse(null, s_phones.Format(number, PhoneNumberFormat.E164)).Refusal);
        }
    }

    [Fact]
    public void Numbers_of_international_networks_are_refused() => Assert.All(s_phones.GetSupportedGlobalNetworkCallingCodes(), callingCode =>
        Assert.NotNull(Mfa.Core.PhoneNumber.Parse(null, s_phones.Format(s_phones.GetExampleNumberForNonGeoEntity(callingCode), PhoneNumberFormat.E164)).Refusal));
}
