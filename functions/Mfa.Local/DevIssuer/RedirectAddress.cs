using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Local;

/// <summary>Where the development issuer may send a browser: to this machine alone (RFC 8252 section 7.3), as all of it is for this machine alone.</summary>
public static partial class RedirectAddress
{
    private const int AtMost = 1000;

    /// <summary>Whether an address is of this machine, as it is written: an absolute http or https URL without user or fragment, on a loopback host.</summary>
    public static bool IsAllowed(string address) => address.Length <= AtMost && Loopback().IsMatch(address);

    /// <summary>The address with more in its query (RFC 6749 section 3.1.2 keeps what is there).</summary>
    public static string With(string address, IEnumerable<KeyValuePair<string, string?>> more) =>
        QueryHelpers.AddQueryString(address, more.Where(m => !string.IsNullOrEmpty(m.Value)));

    // By its letters, not by what a parser makes of them: one that takes "loopback" or 0x7f.1 for this machine must not decide where a browser goes.
    [GeneratedRegex(@"\Ahttps?://(127\.0\.0\.1|\[::1\]|localhost)(:[0-9]{1,5})?([/?][!-\[\]-~-[#<>""`{|}^]]*)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Loopback();
}
