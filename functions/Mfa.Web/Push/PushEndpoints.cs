using System.Net.Sockets;

namespace Mfa.Web;

/// <summary>Which subscriptions are kept. What is kept is looked at again whenever it is connected to: a name may come to lead elsewhere.</summary>
public sealed class PushEndpoints(PushSettings settings, PublicNetwork network)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Reads a subscription that a device gave, and looks where its endpoint leads now.</summary>
    public async Task<PushTaken> TakeAsync(string? endpoint, string? p256dh, string? auth, CancellationToken cancel)
    {
        if (settings.Key is null)
        {
            return new(null, "push is off here: devices look for requests by themselves");
        }

        if (!PushSubscription.TryRead(endpoint, p256dh, auth, settings.AllowLoopback, out var read, out var fault))
        {
            return new(null, fault);
        }

        var ours = settings.AllowLoopback && read.Endpoint.IsLoopback;
        return !ours && !settings.Hosts.Has(read.Endpoint.IdnHost) ? new(null, "endpoint is of a push service that is not called from here")
            : await FaultOfHostAsync(read.Endpoint.DnsSafeHost, cancel) is { } wrong ? new(null, wrong)
            : new(read, null);
    }

    private async Task<string?> FaultOfHostAsync(string host, CancellationToken cancel)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        soon.CancelAfter(s_patience);
        try
        {
            await network.ResolveAsync(host, soon.Token);
            return null;
        }
        catch (AddressRefusedException)
        {
            return "endpoint leads to an address that is not public";
        }
        catch (Exception e) when (e is SocketException or ArgumentException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return "endpoint's host has no address";
        }
    }
}
