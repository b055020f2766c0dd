using System.Reflection;
using System.Text.Json;
using Mfa.Twilio;
using Mfa.Web.Acs;

namespace Mfa.Functions.Tests;

public sealed class TwilioVoicesTests
{
    private static readonly string s_languages = Path.Combine(
        typeof(TwilioVoicesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "Functions").Value!, "Mfa.Pages", "languages");

    public static TheoryData<string> Locales
    {
        get
        {
            var locales = Directory.GetFiles(s_languages, "*.json").Select(file =>
            {
                using var language = JsonDocument.Parse(File.ReadAllText(file));
                return language.RootElement.GetProperty("language").GetProperty("locale").GetString()!;
            }).ToArray();
            Assert.Contains("nl-NL", locales);
            return [.. locales];
        }
    }

    [Theory]
    [MemberData(nameof(Locales))]
    public void Every_language_that_is_shipped_has_a_voice_of_its_own_with_either_carrier(string locale)
    {
        Assert.NotNull(AcsVoices.Of(locale));
        Assert.Matches(@"^(Google\.[a-z]{2}-[A-Z]{2}-|Polly\.)[A-Za-z-]+$", TwilioVoices.Of(locale));
    }

    [Fact]
    public void Another_language_has_none() => Assert.Null(TwilioVoices.Of("de-DE"));
}
