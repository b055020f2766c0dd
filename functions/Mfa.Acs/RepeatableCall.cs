using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Mfa.Web;

namespace Mfa.Acs;

/// <summary>
/// Our own request id in place of the one that the SDK makes for every call of a method, so that the carrier knows a repeat. It
/// runs once a call, before the request is signed. Outside of a scope it changes nothing.
/// </summary>
public sealed class RepeatableCall : HttpPipelineSynchronousPolicy
{
    private const string Key = "Mfa.Repeatable";

    /// <summary>What is sent until the scope is disposed carries this id. For this flow of control only.</summary>
    public static IDisposable Scope(Repeatable once) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Key] = once });

    /// <summary>What the scope around a message says; null where there is none.</summary>
    internal static Repeatable? Of(HttpMessage message) =>
        message.TryGetProperty(Key, out var value) ? value as Repeatable : null;

    /// <summary>IMF-fixdate (RFC 9110 section 5.6.7).</summary>
    internal static string FirstSent(Repeatable once) => once.FirstSent.ToString("r", CultureInfo.InvariantCulture);

    // OASIS Repeatable Requests 1.0, sections 2 and 3.
    public override void OnSendingRequest(HttpMessage message)
    {
        if (Of(message) is { } once)
        {
            message.Request.Headers.SetValue("Repeatability-Request-ID", once.RequestId.ToString());
            message.Request.Headers.SetValue("Repeatability-First-Sent", FirstSent(once));
        }
    }
}
