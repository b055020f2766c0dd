using System.Collections.Concurrent;
using System.Globalization;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>A region whose numbers can be typed.</summary>
public sealed record CountryView(string Region, string Name, int CallingCode, string Example);

/// <summary>The list, in the order of the names.</summary>
public sealed record CountriesView(IReadOnlyList<CountryView> Items, string? Next);

/// <summary>GET /countries: the regions that the policy allows, named and sorted in the caller's language.</summary>
public sealed class ReadCountries(AccountRows accounts, AllowedRegions regions)
{
    // A browser can ask for any language; only so many lists are kept.
    private const int ListsKept = 50;

    private readonly ConcurrentDictionary<string, CountriesView> _lists = new();

    public async Task<IResult> GetAsync(Call call)
    {
        var account = await accounts.OwnAsync(call);
        var culture = Cultures.Of(account.Account.Culture, call.Request);
        if (!_lists.TryGetValue(culture, out var list))
        {
            list = In(CultureInfo.GetCultureInfo(culture));
            if (_lists.Count < ListsKept)
            {
                _lists[culture] = list;
            }
        }

        return Wire.Json(list);
    }

    private CountriesView In(CultureInfo culture) => new(
        [.. Regions.All
            .Where(r => regions.Allows(r.Region))
            .Select(r => new CountryView(r.Region, Name(r.Region, culture), r.CallingCode, r.Example))
            .OrderBy(c => c.Name, StringComparer.Create(culture, ignoreCase: true))],
        null);

    // The library's names, not the runtime's: those come in the system's language only.
    private static string Name(string region, CultureInfo culture)
    {
        var locale = new PhoneNumbers.Locale("", region);
        return new[] { locale.GetDisplayCountry(culture.TwoLetterISOLanguageName), locale.GetDisplayCountry("en") }.FirstOrDefault(n => !string.IsNullOrEmpty(n))
            ?? region switch
            {
                "AC" => "Ascension Island",
                "TA" => "Tristan da Cunha",
                "XK" => "Kosovo",
                _ => region,
            };
    }
}
