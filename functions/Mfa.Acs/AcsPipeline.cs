using Azure.Core;
using Azure.Core.Pipeline;
using Mfa.Web;

namespace Mfa.Acs;

/// <summary>How requests go out.</summary>
public static class AcsPipeline
{
    private static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(30);

    // Whatever is asked of the carrier shares its connections.
    private static readonly HttpClientTransport s_transport = new(new HttpClient(CarrierConnections.Make()) { Timeout = Timeout.InfiniteTimeSpan });

    /// <summary>One try, with our request id put in once a call: before the pipeline hashes, signs and sends.</summary>
    public static T Prepare<T>(T options, HttpPipelinePolicy repeatable)
        where T : ClientOptions
    {
        options.AddPolicy(repeatable, HttpPipelinePosition.PerCall);
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = s_atMost;
        options.Transport = s_transport;
        // Bodies hold codes, and headers signatures.
        options.Diagnostics.IsLoggingContentEnabled = false;
        options.Diagnostics.IsLoggingEnabled = false;
        return options;
    }
}
