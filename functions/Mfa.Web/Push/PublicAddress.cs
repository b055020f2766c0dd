using System.Net;
using System.Net.Sockets;

namespace Mfa.Web;

/// <summary>Which addresses are of the public internet. All others would lead a request that a user addressed into our own network.</summary>
public static class PublicAddress
{
    // IANA's registries of special-purpose addresses (RFC 6890), what is not globally reachable; multicast and what is reserved; and the
    // address at which Azure's platform serves every machine of its own.
    private static readonly IPNetwork[] s_notPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Within what is global unicast: Teredo and other protocol assignments, documentation, 6to4.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>Whether an address is of the public internet, and embeds none that isn't.</summary>
    public static bool IsPublic(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || IsGlobalUnicast(address)) && !s_notPublic.Any(network => network.Contains(address));

    // 2000::/3. Outside it is all that embeds an IPv4 address (::/96, ::ffff:0:0/96, 64:ff9b::/96), loopback, unique local, link-local and
    // multicast. By its bits: IPNetwork takes ::ffff:8.8.8.8 for one of 2000::/3.
    private static bool IsGlobalUnicast(IPAddress address) => (address.GetAddressBytes()[0] & 0b1110_0000) == 0b0010_0000;
}
