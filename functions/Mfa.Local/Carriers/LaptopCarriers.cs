using Mfa.Twilio;
using Mfa.Web;
using Mfa.Web.Acs;

namespace Mfa.Local;

/// <summary>The carriers of a laptop: they speak to the telephone network (Mfa.VirtualPhone), as to Azure Communication Services or as to Twilio.</summary>
public static class LaptopCarriers
{
    /// <summary>Those that are set.</summary>
    /// <param name="settings">Which they are.</param>
    /// <param name="service">The service that they call back.</param>
    /// <param name="network">The telephone network, where Azure Communication Services is one of them.</param>
    /// <param name="time">The clock of their requests.</param>
    /// <param name="logs">Makes their logs.</param>
    public static Web.Carriers Of(CarrierSettings settings, ServiceSettings service, NetworkConnection? network, TimeProvider time, ILoggerFactory logs) => new(settings, kind => kind == CarrierKind.Twilio
        ? TwilioCarrier.Set(settings.Twilio!, service, time, logs)
        : new(
            new VirtualCarrier(network!, settings.Acs!.From, time, logs.CreateLogger<VirtualCarrier>()),
            new AcsCallbacks(settings.Acs!, new HttpClient { Timeout = TimeSpan.FromSeconds(10) })));
}
