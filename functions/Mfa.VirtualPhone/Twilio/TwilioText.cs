namespace Mfa.VirtualPhone;

/// <summary>A text of the account, to a phone or from one. It changes with the phone's lock held.</summary>
internal sealed class TwilioText(TextOrder order, bool inbound, DateTimeOffset created)
{
    public string Sid { get; } = VirtualPhone.Sid.New("SM");

    public TextOrder Order => order;

    public bool IsInbound => inbound;

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset Updated { get; private set; } = created;

    /// <summary>When it went; null while it is queued.</summary>
    public DateTimeOffset? Sent { get; private set; }

    /// <summary>A messaging service accepts first, and queues then.</summary>
    public string Status { get; private set; } = inbound ? "received" : order.Service is null ? "queued" : "accepted";

    public int? ErrorCode { get; private set; }

    public void Become(string status, DateTimeOffset now, int? error = null)
    {
        (Status, Updated, ErrorCode) = (status, now, error);
        Sent ??= now;
    }
}

/// <summary>What is asked for with a text.</summary>
/// <param name="Service">The messaging service that sends it; null where it was sent from a number.</param>
internal sealed record TextOrder(string From, PhoneNumber To, string Body, string? Service, WebhookAddress? StatusCallback);
