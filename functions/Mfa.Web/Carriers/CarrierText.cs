namespace Mfa.Web;

/// <summary>Something that the carrier tells of texts.</summary>
/// <param name="EventId">Its id of the event, shortened.</param>
public abstract record CarrierText(string EventId);

/// <summary>A text came in. It may hold a code, and is never logged.</summary>
public sealed record TextReceived(string EventId, string From, string To, string Body) : CarrierText(EventId)
{
    /// <summary>Prints neither number nor body.</summary>
    public override string ToString() => nameof(TextReceived);
}

/// <summary>A text is on its way, was delivered, or could not be.</summary>
/// <param name="EventId">Its id of the event.</param>
/// <param name="Tag">What was given along with the text.</param>
/// <param name="Delivered">Whether it arrived; null where it is still on its way.</param>
public sealed record TextDelivery(string EventId, string Tag, bool? Delivered) : CarrierText(EventId)
{
    /// <summary>The number that it went to, as E.164; null where the carrier does not tell.</summary>
    public string? To { get; init; }

    /// <summary>Prints no number.</summary>
    public override string ToString() => nameof(TextDelivery);
}
