using System.Net;
using System.Net.Sockets;

namespace Mfa.Web;

/// <summary>
/// The way to hosts that users name. A host is resolved once for each connection, and the very address that was looked at is the one that is
/// connected to: a name that leads elsewhere a moment later leads nowhere.
/// </summary>
/// <param name="allowLoopback">Whether this machine's own addresses are taken too.</param>
/// <param name="resolve">Finds a host's addresses; the system's resolver where null.</param>
public sealed class PublicNetwork(bool allowLoopback, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>A host's addresses.</summary>
    /// <exception cref="AddressRefusedException">One of them isn't public. Then none is taken: which is used is not ours to choose.</exception>
    /// <exception cref="SocketException">It has none.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        var addresses = await _resolve(host, cancel);
        return addresses.Length == 0 ? throw new SocketException((int)SocketError.HostNotFound)
            : addresses.All(a => PublicAddress.IsPublic(a) || (allowLoopback && IPAddress.IsLoopback(a))) ? addresses
            : throw new AddressRefusedException(host);
    }

    /// <summary>The handler that requests go through: no redirect, proxy or cookie, little read of an answer.</summary>
    public SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // A name that moved is followed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 4 * 1024,
        ConnectCallback = ConnectAsync,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancel);
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses[i], context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i < addresses.Length - 1)
            {
                // Such as an IPv6 address on a machine without: the next one.
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
