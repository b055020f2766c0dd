using System.Net;
using System.Net.Sockets;
using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local.Tests;

/// <summary>A carrier where nobody answers: its machine takes no connection, and refuses none.</summary>
public sealed class CarrierConnectionsTests : IDisposable
{
    private readonly Socket _deaf = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    public CarrierConnectionsTests()
    {
        _deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _deaf.Listen(0);
    }

    public void Dispose()
    {
        _deaf.Dispose();
        _waiting.ForEach(socket => socket.Dispose());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_nobody_takes_the_connection_nothing_was_sent(bool byTwilio)
    {
        var endpoint = await FullAsync();
        await using var network = await TestNetwork.Start(byTwilio ? new TwilioWire() : new AcsWire());
        var carrier = network.CarrierWith(endpoint: endpoint);
        using var gone = (IDisposable)carrier;
        // As the heads cut off: what has no answer by then may have been sent.
        using var cut = new CancellationTokenSource(new VerificationPolicy().Lease / 2);
        var answer = await carrier.SendTextAsync(new(TestNetwork.Phone, "Your code is 123456.", "v/1", TestNetwork.TextCallback, TestNetwork.Lasts, TestNetwork.Once()), cut.Token);
        Assert.Equal(CarrierAnswer.NotNow(), answer);
    }

    // Until one more is left waiting.
    private async Task<Uri> FullAsync()
    {
        var at = (IPEndPoint)_deaf.LocalEndPoint!;
        for (var connected = true; connected;)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            _waiting.Add(socket);
            connected = await Task.WhenAny(socket.ConnectAsync(at), Task.Delay(2000)) is { IsCompletedSuccessfully: true } && socket.Connected;
        }

        return new($"http://127.0.0.1:{at.Port}/");
    }
}
