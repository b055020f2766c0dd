using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>One attempt to prove one method, with retries and a deadline. Holds no number, no code and no key.</summary>
public sealed partial record Verification
{
    /// <summary>How many ids of carrier events are remembered.</summary>
    public const int EventsRemembered = 64;

    public required string Id { get; init; }

    public required How How { get; init; }

    /// <summary>The partition key of the number that it reserves with; null where nothing is sent, or where a version before wrote it.</summary>
    public string? NumberKey { get; init; }

    public required VerificationState State { get; init; }

    /// <summary>Why it failed; while it goes on, why the last attempt did not succeed.</summary>
    public Reason? Reason { get; init; }

    public required VerificationPolicy Policy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    /// <summary>The number of the latest text or call; 0 where nothing is sent.</summary>
    public int Attempt { get; init; }

    /// <summary>The name of the carrier that texts and calls go by, until it is down; null for the only one there was.</summary>
    public string? Carrier { get; init; }

    /// <summary>When the latest text was asked for.</summary>
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>When the next call is placed.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public int WrongCodes { get; init; }

    /// <summary>The time step of the authenticator code that verified (RFC 6238).</summary>
    public long? AcceptedStep { get; init; }

    /// <summary>The digits to match, where the policy asks for them: pressed in a call, sent with the code in a reply, or entered in the app.</summary>
    public int? MatchNumber { get; init; }

    public PhoneCall? Call { get; init; }

    /// <summary>The devices that a notification went to.</summary>
    public ImmutableArray<string> Devices { get; init; } = [];

    /// <summary>The place of it in their inboxes.</summary>
    public int Slot { get; init; }

    /// <summary>base64url(SHA-256) of what they show: an answer to anything else is none.</summary>
    public string? Shown { get; init; }

    /// <summary>The device that answered.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>Whether its user entered a PIN.</summary>
    public bool WithPin { get; init; }

    /// <summary>Of a call to an extension: how many pauses are before each part of its tones. Empty where there is none.</summary>
    public ImmutableArray<int> Pauses { get; init; } = [];

    /// <summary>The carrier events that were taken in, the newest last.</summary>
    public ImmutableArray<string> SeenEvents { get; init; } = [];

    /// <summary>What is still to be done.</summary>
    public ImmutableArray<PendingEffect> Pending { get; init; } = [];

    public int LastEffect { get; init; }

    /// <summary>Nothing changes the outcome any more.</summary>
    [JsonIgnore]
    public bool IsFinal => State > VerificationState.Waiting;

    /// <summary>Final, and nothing is left to do.</summary>
    [JsonIgnore]
    public bool IsOver => IsFinal && Pending.IsEmpty;

    /// <summary>Whether a call is on the line now.</summary>
    [JsonIgnore]
    public bool IsConnected => Call?.Phase == CallPhase.Connected;
}
