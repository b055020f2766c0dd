using System.Net.Sockets;

namespace Mfa.Web;

/// <summary>Connections to a carrier, which all that is asked of it shares.</summary>
public static class CarrierConnections
{
    // Less than half of what a text or a call has: whoever can't be reached is known to have sent nothing, while who does not answer may have.
    private static readonly TimeSpan s_connectWithin = TimeSpan.FromSeconds(5);

    /// <summary>Connections that follow no redirect, and give up where nobody answers at all.</summary>
    /// <param name="proxy">Whether a proxy of the company may be on the way.</param>
    public static HttpMessageHandler Make(bool proxy = true) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = proxy,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = OpenAsync,
    };

    // The handler's own timeout looks like a cancellation, of which nobody knows what it cut off.
    private static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancel).AsTask().WaitAsync(s_connectWithin, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (TimeoutException late)
        {
            socket.Dispose();
            throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody answered in time.", late);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
