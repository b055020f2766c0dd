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
    private readonly bool _holds;

    /// <param name="answer">The bytes; null for silence, and nothing at all for a connection that breaks.</param>
    /// <param name="holds">Whether the connection stays open after them.</param>
    public RawServer(string? answer, bool holds = false)
    {
        (_answer, _holds) = (answer, holds);
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
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                await ReadAsync(client.GetStream());
                if (_answer is not null)
                {
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(_answer));
                    if (!_holds)
                    {
                        client.Close();
                    }
                }
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
        }
    }

    // All of it: to close what has not been read would break the answer off.
    private static async Task ReadAsync(NetworkStream stream)
    {
        var (buffer, text) = (new byte[64 * 1024], "");
        while (!IsWhole(text) && await stream.ReadAsync(buffer) is > 0 and var read)
        {
            text += Encoding.Latin1.GetString(buffer, 0, read);
        }
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        const string length = "\r\nContent-Length: ";
        var at = request.IndexOf(length, StringComparison.OrdinalIgnoreCase);
        return at < 0 || at > end || request.Length - end - 4 >= int.Parse(request[(at + length.Length)..request.IndexOf("\r\n", at + 2, StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
