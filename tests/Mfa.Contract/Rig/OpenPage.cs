namespace Mfa.Contract;

/// <summary>
/// The user's page, which waits for a change and asks again: whoever reads does what is due. The laptop's clock is tested without
/// it; a Functions host keeps for a minute what a killed one had in its hands, and in life the page is open.
/// </summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _waiting;

    public OpenPage(Caller caller, string id) => _waiting = WaitAsync(caller, id);

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _waiting;
        _closed.Dispose();
    }

    private async Task WaitAsync(Caller caller, string id)
    {
        while (!_closed.IsCancellationRequested)
        {
            try
            {
                await caller.WaitAsync(id, 1, "0");
                await Task.Delay(500, _closed.Token);
            }
            catch (Exception e) when (e is HttpRequestException or System.Net.Sockets.SocketException or OperationCanceledException)
            {
                // The head is down, or the page is closed.
            }
        }
    }
}
