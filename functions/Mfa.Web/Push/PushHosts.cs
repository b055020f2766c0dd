namespace Mfa.Web;

/// <summary>The hosts of push services that are called: names, <c>*.name</c> for all below one, and <c>*</c> for any.</summary>
public sealed class PushHosts
{
    /// <summary>The push services of Chrome and other Chromiums, Firefox, Edge, and Safari.</summary>
    public const string WellKnown = "fcm.googleapis.com, *.push.services.mozilla.com, *.notify.windows.com, web.push.apple.com";

    private const string Any = "*";
    private const string Below = "*.";

    private readonly IReadOnlyList<string> _all;

    private PushHosts(IReadOnlyList<string> all) => _all = all;

    public static PushHosts Read(SettingsReader reader)
    {
        const string name = "Push:AllowedHosts";
        var all = (reader.Optional(name) ?? WellKnown).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (all.Length == 0 || !all.All(host => host == Any || Uri.CheckHostName(host.StartsWith(Below, StringComparison.Ordinal) ? host[Below.Length..] : host) == UriHostNameType.Dns))
        {
            reader.Fault(name, "is not * or hosts with commas between, such as fcm.googleapis.com, *.push.services.mozilla.com");
        }

        return new(all);
    }

    /// <summary>Whether a host is among them.</summary>
    public bool Has(string host) => _all.Any(allowed =>
        allowed == Any
        || (allowed.StartsWith(Below, StringComparison.Ordinal) ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase) && host.Length >= allowed.Length : host.Equals(allowed, StringComparison.OrdinalIgnoreCase)));
}
