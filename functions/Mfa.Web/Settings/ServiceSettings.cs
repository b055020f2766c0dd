namespace Mfa.Web;

/// <summary>What this service is called and where it is.</summary>
/// <param name="PublicUrl">The address under which carriers and users reach it, without a slash at the end.</param>
/// <param name="Name">The company or product, as texts, calls and authenticator apps name it.</param>
/// <param name="Issuer">Who signs assertions.</param>
/// <param name="EnrollUrl">The page on which users set up their methods.</param>
/// <param name="WebOtpHost">The host of the page on which a browser may fill in a texted code; null for none.</param>
/// <param name="BlindBeat">The time between two moments at which callers are answered who may not learn who exists.</param>
public sealed record ServiceSettings(string PublicUrl, string Name, string Issuer, string EnrollUrl, string? WebOtpHost, TimeSpan BlindBeat)
{
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestBeat = TimeSpan.FromSeconds(2);

    // An authenticator shows it beside the account; longer ones are cut there.
    private const int NameAtMost = 40;

    public static ServiceSettings Read(SettingsReader reader)
    {
        var url = reader.Address("Service:PublicUrl", "the address under which carriers and users reach this service").ToString().TrimEnd('/');
        var name = reader.Required("Service:Name", "the company's name, as texts, calls and authenticator apps say it");
        if (name.Length > NameAtMost || (name.Length > 0 && string.IsNullOrWhiteSpace(name)) || name.Contains(':', StringComparison.Ordinal))
        {
            reader.Fault("Service:Name", $"is blank, longer than {NameAtMost} characters, or has a colon");
        }

        var host = reader.Optional("Service:WebOtpHost");
        if (host is not null && Uri.CheckHostName(host) != UriHostNameType.Dns)
        {
            reader.Fault("Service:WebOtpHost", "is not the name of a host such as login.example.com");
        }

        var enroll = reader.Optional("Service:EnrollUrl") is null ? url + "/" : reader.Address("Service:EnrollUrl", "the page on which users set up their methods").ToString();
        return new(url, name, reader.Optional("Service:Issuer") ?? url, enroll, host, reader.Duration("Service:BlindBeat", s_beat, s_longestBeat));
    }
}
