using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mfa.Local.Tests;

/// <summary>A socket that answers every request with the same bytes, or with none at all.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];
    private readonly string? _answer;

    /// <param name="answer">The bytes; null for silence, and nothing at all for a connection that breaks.</param>
    public RawServer(string? answer)
    {
        _answer = answer;
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public void Dispose()
    {
        _listener.Stop();
        _clients.ForEach(client => client.Dispose());
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = await client.GetStream().ReadAsync(buffer);
                if (_answer is not null)
                {
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(_answer));
                    client.Close();
                }
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
        }
    }
}
