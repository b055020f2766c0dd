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
    /// <summary>Of one that did not arrive: whether the reason is the carrier's own and not the number's.</summary>
    public bool Own { get; init; }

    /// <summary>The carrier's id of the text, where it may be asked for.</summary>
    public string? Receipt { get; init; }

    /// <summary>After how long without other news the carrier is asked what became of it; null where its news always comes.</summary>
    public TimeSpan? LookAfter { get; init; }

    /// <summary>The number that it went to, as E.164; null where the carrier does not tell.</summary>
    public string? To { get; init; }

    /// <summary>Prints no number.</summary>
    public override string ToString() => nameof(TextDelivery);
}
