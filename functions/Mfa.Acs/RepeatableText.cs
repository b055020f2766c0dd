using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Mfa.Acs;

/// <summary>
/// The same for texts, whose ids stand in the body, recipient by recipient. Runs once a call, before the body is hashed and the
/// request is signed.
/// </summary>
public sealed class RepeatableText : HttpPipelineSynchronousPolicy
{
    /// <exception cref="InvalidOperationException">The body is not a text to one recipient: without our id it must not be sent.</exception>
    public override void OnSendingRequest(HttpMessage message)
    {
        if (RepeatableCall.Of(message) is not { } once || message.Request.Content is not { } content)
        {
            return;
        }

        var bytes = new MemoryStream();
        content.WriteTo(bytes, message.CancellationToken);
        var body = JsonNode.Parse(bytes.ToArray());
        if (body?["smsRecipients"] is not JsonArray { Count: 1 } recipients || recipients[0] is not JsonObject recipient)
        {
            throw new InvalidOperationException("A text goes to one recipient.");
        }

        recipient["repeatabilityRequestId"] = once.RequestId.ToString();
        recipient["repeatabilityFirstSent"] = RepeatableCall.FirstSent(once);
        message.Request.Content = RequestContent.Create(BinaryData.FromString(body.ToJsonString()));
        content.Dispose();
    }
}
