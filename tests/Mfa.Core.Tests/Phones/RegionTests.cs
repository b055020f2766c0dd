using Xunit;

namespace Mfa.Core.Tests;

public class RegionTests
{
    [Fact]
    public void The_regions_are_sorted_and_each_is_there_once()
    {
        Assert.True(Regions.All.Count > 200);
        Assert.Equal(Regions.All.Select(region => region.Region).Distinct().Order(StringComparer.Ordinal), Regions.All.Select(region => region.Region));
        Assert.All(Regions.All, region => Assert.Matches("^[A-Z]{2}$", region.Region));
    }

    [Fact]
    public void Every_regions_example_is_a_number_of_its_calling_code_and_reads_back() => Assert.All(Regions.All, region =>
    {
        var number = PhoneNumber.Parse(region.Region, region.Example).Number;
        Assert.NotNull(number);
        Assert.StartsWith($"+{region.CallingCode}", number.E164, StringComparison.Ordinal);
        Assert.Equal(number, PhoneNumber.Parse(region.Region, number.E164).Number);
        Assert.Equal(region.Region != "TA", number.CanBeMobile); // Tristan da Cunha has fixed lines only.
    });

    [Theory, InlineData("NL", "NL"), InlineData(" nl ", "NL"), InlineData("XX", null), InlineData("001", null), InlineData("", null), InlineData(null, null)]
    public void A_region_is_known_in_any_case(string? typed, string? known) => Assert.Equal(known, Regions.Known(typed));

    [Fact]
    public void Allowed_regions_are_a_list()
    {
        Assert.True(AllowedRegions.TryParse(" nl, BE ,", out var allowed, out var faults));
        Assert.Empty(faults);
        Assert.Equal("BE,NL", $"{allowed}");
        Assert.True(allowed.Allows("NL"));
        Assert.True(allowed.Allows(PhoneNumber.FromE164("+31612345678")));
        Assert.False(allowed.Allows(PhoneNumber.FromE164("+4915123456789")));
    }

    [Fact]
    public void A_star_allows_everywhere()
    {
        Assert.True(AllowedRegions.TryParse("*", out var allowed, out _));
        Assert.Equal("*", $"{allowed}");
        Assert.All(Regions.All, region => Assert.True(allowed.Allows(region.Region)));
    }

    [Fact]
    public void A_calling_code_is_not_a_region()
    {
        Assert.True(AllowedRegions.TryParse("US", out var allowed, out _));
        Assert.False(allowed.Allows(PhoneNumber.Parse("US", "+1 604 250 0123").Number!));
    }

    [Theory]
    [InlineData(null, "is empty"), InlineData(" , ", "is empty"), InlineData("*,NL", "has * beside"), InlineData("NL,Belgium", "'Belgium'"), InlineData("NL;BE", "'NL;BE'"), InlineData("31", "'31'")]
    [InlineData("AX", "has AX without FI")]
    public void A_fault_is_told_and_allows_nothing(string? setting, string fault)
    {
        Assert.False(AllowedRegions.TryParse(setting, out var allowed, out var faults));
        Assert.Contains(fault, Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain(Regions.All, region => allowed.Allows(region.Region));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        Assert.False(AllowedRegions.TryParse("XX,NL,YY", out _, out var faults));
        Assert.Equal(2, faults.Count);
    }

    [Fact]
    public void Regions_that_share_their_numbers_are_allowed_together()
    {
        Assert.True(AllowedRegions.TryParse("VA,IT", out var allowed, out _));
        var vatican = Regions.All.Single(region => region.Region == "VA");
        Assert.True(allowed.Allows(PhoneNumber.Parse("VA", vatican.Example).Number!));
    }
}
