using System.Net;
using System.Net.Sockets;

namespace Mfa.Local;

/// <summary>
/// A port that is ours before anything is built on it: settings hold our own address, and a taken port is told before anything
/// else starts. Kestrel takes the socket over.
/// </summary>
public sealed class ClaimedPort : IDisposable
{
    private const int Waiting = 512;
    private readonly Socket _socket;

    private ClaimedPort(Socket socket, Uri url) => (_socket, Url) = (socket, url);

    /// <summary>The address, with the port that was found.</summary>
    public Uri Url { get; }

    /// <exception cref="StartException">Another program listens there.</exception>
    public static ClaimedPort Claim(Uri url)
    {
        var address = LocalSettings.AddressOf(url);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, url.Port));
            // Two can bind a port as long as neither listens.
            socket.Listen(Waiting);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new StartException($"Port {url.Port} is taken by another program, or may not be used. Stop it, or set Local__Url to another port.", e);
        }

        return new(socket, new UriBuilder(url) { Port = ((IPEndPoint)socket.LocalEndPoint!).Port }.Uri);
    }

    /// <summary>Makes Kestrel listen on it, and on nothing else.</summary>
    public void Use(IWebHostBuilder host) => host
        .UseSockets(sockets => sockets.CreateBoundListenSocket = _ => _socket)
        .ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen((IPEndPoint)_socket.LocalEndPoint!);
        });

    public void Dispose() => _socket.Dispose();
}
