using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mfa.Functions.Tests;

/// <summary>A socket that answers every request with the same bytes, or breaks the connection, and counts.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string? _answer;
    private int _requests;

    /// <param name="answer">The bytes; null for a connection that breaks once the request has come.</param>
    public RawServer(string? answer)
    {
        _answer = answer;
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Requests => Volatile.Read(ref _requests);

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                if (await client.GetStream().ReadAsync(buffer) > 0)
                {
                    Interlocked.Increment(ref _requests);
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(_answer ?? ""));
                }
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
