using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>The list that a page lets a user choose from.</summary>
public sealed class Countries(Storage storage) : LaptopTest(storage)
{
    [Theory]
    [InlineData("en-US", "DE", "Germany")]
    [InlineData("nl", "DE", "Duitsland")]
    [InlineData("fr-CH, fr;q=0.9", "DE", "Allemagne")]
    [InlineData("tlh, nl;q=0.5", "DE", "Duitsland")]
    [InlineData("en-q0000001", "DE", "Germany")]
    [InlineData("", "AC", "Ascension Island")]
    public async Task A_country_is_named_in_the_callers_language(string language, string region, string name)
    {
        var answer = await User.SendAsync(HttpMethod.Get, "countries", null, ("Accept-Language", language));
        var country = answer.Body!["items"]!.AsArray().Single(c => c!["region"]!.ToString() == region)!;
        Assert.Equal(name, country["name"]!.ToString());
    }

    [Fact]
    public async Task Countries_are_sorted_by_their_names_and_say_how_numbers_look()
    {
        var items = (await User.SendAsync(HttpMethod.Get, "countries", null, ("Accept-Language", "nl"))).Body!["items"]!.AsArray();
        var names = items.Select(c => c!["name"]!.ToString()).ToList();
        Assert.Equal(names.Order(StringComparer.Create(new("nl"), ignoreCase: true)), names);
        JsonNode dutch = items.Single(c => c!["region"]!.ToString() == "NL")!;
        Assert.Equal(("Nederland", "31", "06 12345678"), (dutch["name"]!.ToString(), dutch["callingCode"]!.ToString(), dutch["example"]!.ToString()));
    }
}
