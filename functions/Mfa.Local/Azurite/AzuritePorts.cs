using System.Net.Sockets;

namespace Mfa.Local;

/// <summary>Azurite's three ports on this machine: blobs, queues and tables, one after another.</summary>
/// <param name="Blob">The first of them; Azurite's own choice is 10000.</param>
public sealed record AzuritePorts(int Blob)
{
    // Azurite's public development account; it protects nothing.
    private const string Account = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly HttpClient s_http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(2) };

    public int Queue => Blob + 1;

    public int Table => Blob + 2;

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};"
        + $"QueueEndpoint=http://127.0.0.1:{Queue}/{Account};TableEndpoint=http://127.0.0.1:{Table}/{Account}";

    /// <summary>Whether Azurite answers, on the ports that are used here.</summary>
    public async Task<bool> AnswerAsync(CancellationToken cancel) =>
        await IsAsync(Queue, "Azurite-Queue", cancel) && await IsAsync(Table, "Azurite-Table", cancel);

    /// <summary>A port that another program listens on; null where there is none.</summary>
    public int? Taken() => new[] { Blob, Queue, Table }.Select(port => (int?)port).FirstOrDefault(port => IsOpen(port!.Value));

    private static bool IsOpen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<bool> IsAsync(int port, string server, CancellationToken cancel)
    {
        try
        {
            using var answer = await s_http.GetAsync(new Uri($"http://127.0.0.1:{port}/"), cancel);
            return answer.Headers.Server.ToString().StartsWith(server, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
