using Mfa.Twilio;
using Mfa.VirtualPhone;
using Mfa.Web;
using Mfa.Web.Acs;
using Mfa.Web.Twilio;

namespace Mfa.Local.Tests;

/// <summary>A wire of the network, and our two ends of it.</summary>
internal abstract class CarrierWire
{
    public const string EventsSecret = "a-secret-for-text-events";

    /// <summary>The number that texts and calls come from.</summary>
    public abstract string From { get; }

    /// <summary>Another number of the same account.</summary>
    public abstract string OtherFrom { get; }

    /// <summary>An id of a call that there never was.</summary>
    public abstract string NoCall { get; }

    /// <param name="endpoint">Where the network is asked.</param>
    /// <param name="network">The network's settings.</param>
    /// <param name="log">Takes the log's lines.</param>
    /// <param name="key">Another key than the right one.</param>
    /// <param name="from">Another number than <see cref="From"/>.</param>
    public abstract ICarrier Carrier(Uri endpoint, VirtualPhoneOptions network, Lines log, string? key = null, string? from = null);

    /// <param name="network">The network's settings.</param>
    /// <param name="networkUrl">Where it is.</param>
    /// <param name="ourUrl">Where it posts to.</param>
    public abstract ICarrierCallbacks Callbacks(VirtualPhoneOptions network, string networkUrl, string ourUrl);
}

internal sealed class AcsWire : CarrierWire
{
    public override string From => "+18005550100";

    public override string OtherFrom => "+18005550101";

    public override string NoCall { get; } = Guid.NewGuid().ToString();

    public override ICarrier Carrier(Uri endpoint, VirtualPhoneOptions network, Lines log, string? key = null, string? from = null)
    {
        Assert.True(NetworkConnection.TryParse($"endpoint={endpoint};accesskey={key ?? network.AccessKey}", out var connection));
        return new VirtualCarrier(connection, from ?? From, TimeProvider.System, log.For<VirtualCarrier>());
    }

    public override ICarrierCallbacks Callbacks(VirtualPhoneOptions network, string networkUrl, string ourUrl) => new AcsCallbacks(
        new(From, network.Issuer, network.ResourceId, new($"{networkUrl}/calling/.well-known/acsopenidconfiguration"), network.TextEventsHeader, [EventsSecret], RequireHttps: false),
        new HttpClient());
}

internal sealed class TwilioWire : CarrierWire
{
    public override string From => "+18005550199";

    public override string OtherFrom => "+18005550198";

    public override string NoCall { get; } = $"CA{Guid.NewGuid():n}";

    public override ICarrier Carrier(Uri endpoint, VirtualPhoneOptions network, Lines log, string? key = null, string? from = null) =>
        new TwilioCarrier(Settings(endpoint, network) with { AuthTokens = [key ?? network.TwilioAuthToken], From = from ?? From }, TimeProvider.System, log.For<TwilioCarrier>());

    public override ICarrierCallbacks Callbacks(VirtualPhoneOptions network, string networkUrl, string ourUrl) =>
        new TwilioCallbacks(Settings(new(networkUrl), network), new(ourUrl, "Contoso", ourUrl, ourUrl, null, TimeSpan.FromMilliseconds(100)), new Lines().For<TwilioCallbacks>());

    public TwilioSettings Settings(Uri endpoint, VirtualPhoneOptions network) => new(network.TwilioAccountSid, [network.TwilioAuthToken], null, From, null, endpoint);
}
