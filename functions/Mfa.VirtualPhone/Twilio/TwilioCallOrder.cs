namespace Mfa.VirtualPhone;

/// <summary>What is asked for with a call.</summary>
/// <param name="Events">The events that are told: initiated, ringing, answered, completed.</param>
/// <param name="RingFor">How long it rings.</param>
/// <param name="Lasts">The longest that it lasts.</param>
/// <param name="Digits">Tones that are sent once it is answered; empty: none.</param>
internal sealed record TwilioCallOrder(
    string From,
    PhoneNumber To,
    Instructions Instructions,
    WebhookAddress? StatusCallback,
    HttpMethod StatusMethod,
    IReadOnlySet<string> Events,
    TimeSpan RingFor,
    TimeSpan? Lasts,
    string Digits);

/// <summary>What a call is to do: a document that is fetched, or one that came with the request.</summary>
internal sealed record Instructions(string? Twiml, WebhookAddress? Url, HttpMethod Method, WebhookAddress? Fallback);
