using Azure.Core;
using Mfa.Web;
using Microsoft.Extensions.Logging;

namespace Mfa.Acs;

/// <summary>The carrier where its SDKs could be had. A build without them has everything else, and says so at start.</summary>
public static class AcsSdks
{
#if WITHOUT_ACS
    /// <summary>Whether this build has the carrier.</summary>
    public static bool AreHere => false;

    /// <summary>The carrier over a connection.</summary>
    /// <exception cref="NotSupportedException">Always: who reads the settings asks <see cref="AreHere"/> first.</exception>
    public static ICarrier Carrier(AcsConnection connection, string from, TokenCredential identity, ILoggerFactory logs) =>
        throw new NotSupportedException("Built with MfaWithoutAcs.");
#else
    /// <summary>Whether this build has the carrier.</summary>
    public static bool AreHere => true;

    /// <summary>The carrier over a connection.</summary>
    /// <param name="connection">Where it is, and the key where there is one.</param>
    /// <param name="from">The number that texts and calls come from.</param>
    /// <param name="identity">Who we are, where there is no key.</param>
    /// <param name="logs">Makes its log.</param>
    public static ICarrier Carrier(AcsConnection connection, string from, TokenCredential identity, ILoggerFactory logs) =>
        AcsCarrier.Create(connection, from, identity, logs.CreateLogger<AcsCarrier>());
#endif
}
