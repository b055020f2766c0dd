namespace Mfa.Core;

/// <summary>The rules of one verification, copied into it when it starts: a running one never changes its rules.</summary>
public sealed record VerificationPolicy
{
    /// <summary>From the start to the deadline.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Wrong codes that end it.</summary>
    public int WrongCodes { get; init; } = 5;

    /// <summary>Texts in all.</summary>
    public int Sends { get; init; } = 3;

    /// <summary>The shortest time between two texts.</summary>
    public TimeSpan SendAgainAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls in all.</summary>
    public int Calls { get; init; } = 3;

    /// <summary>From a busy, declined or unanswered call to the next one.</summary>
    public TimeSpan CallRetryAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>No call is placed with less time left than this.</summary>
    public TimeSpan CallNeeds { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>What a call that is connected at the deadline gets to finish.</summary>
    public TimeSpan CallGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A call that the carrier says nothing of counts as unanswered after this.</summary>
    public TimeSpan RingsAtMost { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>A prompt that the carrier says nothing of counts as silence after this; tones that it says nothing of, as not sent.</summary>
    public TimeSpan ListensAtMost { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one pause in an extension is.</summary>
    public TimeSpan ExtensionPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a prompt listens for the first key after its words.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the end of the last call to its failing: the carrier may tell of the last key, or why the call was refused, after it.</summary>
    public TimeSpan LateKeys { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Prompts in one call that ask for the key.</summary>
    public int Prompts { get; init; } = 3;

    /// <summary>From the last words of a call to hanging up, where the carrier does not tell that they were said.</summary>
    public TimeSpan GoodbyeTakes { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long whoever performs an effect owns it; the work is cut off at half of it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same inside a call, where a person is waiting on the line.</summary>
    public TimeSpan CallLease { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An effect is never performed again this long after its first try: the carrier knows a repeat only for some minutes.</summary>
    public TimeSpan RepeatWithin { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>The name of the carrier that texts and calls go by.</summary>
    public string? Carrier { get; init; }

    /// <summary>The name of the one that takes over where that is down; null for none.</summary>
    public string? Fallback { get; init; }

    /// <summary>What the person who answers must press.</summary>
    public CallProof CallProof { get; init; } = CallProof.Pound;

    /// <summary>How long a notification can be answered.</summary>
    public TimeSpan NotificationLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What is entered in the authenticator app.</summary>
    public NotificationProof NotificationProof { get; init; } = NotificationProof.Number;

    /// <summary>How many digits that has: 2, or 6 as NIST SP 800-63B-4 section 3.1.3.2 would have it.</summary>
    public int MatchDigits { get; init; } = 2;

    /// <summary>What a reply to a text must hold.</summary>
    public ReplyProof ReplyProof { get; init; } = ReplyProof.Code;

    /// <summary>The rules of one that has to be over by a time, whatever is on the line then; the same where there is none.</summary>
    public VerificationPolicy EndingBy(DateTimeOffset? end, DateTimeOffset now) => end is not { } at ? this : this with
    {
        Lifetime = Shorter(Lifetime, at - now),
        NotificationLifetime = Shorter(NotificationLifetime, at - now),
        CallGrace = TimeSpan.Zero,
    };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
