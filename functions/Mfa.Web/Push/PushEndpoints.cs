using System.Net;
using System.Net.Sockets;

namespace Mfa.Web;

/// <summary>
/// Which addresses wake-ups may go to. Whoever activates a device chooses one, so it leads to a known push service and never into our own
/// network: looked at when it is stored, and again at every connection, to the very address that is connected to.
/// </summary>
/// <param name="settings">The push services.</param>
/// <param name="resolve">The addresses of a host.</param>
public sealed class PushEndpoints(PushSettings settings, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private static readonly TimeSpan s_connectWithin = TimeSpan.FromSeconds(5);
    private const int AnswerAtMost = 16 * 1024;

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>Why an address is refused; null where it may be stored.</summary>
    public async Task<string?> FaultAsync(Uri endpoint, CancellationToken cancel)
    {
        if (IsOurs(endpoint))
        {
            return null;
        }

        if (endpoint.Scheme != Uri.UriSchemeHttps || endpoint.Port != 443 || endpoint.HostNameType != UriHostNameType.Dns)
        {
            return "The address is not https at the port 443 of a host with a name.";
        }

        if (!settings.AllowedHosts.Any(h => h == "*" || h.Equals(endpoint.Host, StringComparison.OrdinalIgnoreCase)
            || (h.StartsWith("*.", StringComparison.Ordinal) && endpoint.Host.EndsWith(h[1..], StringComparison.OrdinalIgnoreCase))))
        {
            return "This push service is not one that is allowed here.";
        }

        try
        {
            return await FindAsync(endpoint.Host, isOurs: false, cancel) is null ? "The push service can't be reached from here." : null;
        }
        catch (SocketException)
        {
            return "The push service can't be found.";
        }
    }

    /// <summary>Connections to push services and nowhere else.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = s_connectWithin,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = async (context, cancel) =>
        {
            var to = context.DnsEndPoint;
            var isOurs = context.InitialRequestMessage.RequestUri is { } uri && IsOurs(uri);
            // The address that was looked at is the one that is connected to: a name that leads elsewhere meanwhile leads nowhere.
            var address = await FindAsync(to.Host, isOurs, cancel) ?? throw new HttpRequestException("The push service has no address that may be connected to.");
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, to.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        MaxResponseContentBufferSize = AnswerAtMost,
    };

    private bool IsOurs(Uri endpoint) => settings.AllowLoopback && endpoint.IsLoopback && endpoint.Scheme is "http" or "https";

    // One that is private among others is one too many: the name is not to be trusted.
    private async Task<IPAddress?> FindAsync(string host, bool isOurs, CancellationToken cancel)
    {
        var found = await _resolve(host, cancel);
        return found.Length > 0 && found.All(a => isOurs ? IPAddress.IsLoopback(a) : PublicAddress.IsPublic(a)) ? found[0] : null;
    }
}
