using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>Setting up one method: chosen → contacted → verified. Its current verification is part of it.</summary>
public sealed partial record Enrollment
{
    // A page that presses its button again with the same key does so soon.
    private const int ContactKeysKept = 8;

    public required string Id { get; init; }

    /// <summary>The id that its method will have; it tells nothing of the enrollment's.</summary>
    public required string NewMethodId { get; init; }

    /// <summary>Grows with every save.</summary>
    public long Version { get; init; }

    /// <summary>The account's epoch when it was opened.</summary>
    public required int Epoch { get; init; }

    public required MethodKind Kind { get; init; }

    /// <summary>The way that was chosen; a contact may choose another.</summary>
    public required How How { get; init; }

    public PhoneNumber? Phone { get; init; }

    /// <summary>The number's partition key.</summary>
    public string? NumberKey { get; init; }

    /// <summary>The authenticator's seed, or the key that codes are derived from, as the shell sealed it.</summary>
    public required string SealedSecret { get; init; }

    /// <summary>The session of the first step that opened it; only it gets the assertion.</summary>
    public string? Session { get; init; }

    /// <summary>The language of its texts and calls, e.g. <c>nl-NL</c>.</summary>
    public required string Culture { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What the request asked for, hashed: the same Idempotency-Key must ask for the same.</summary>
    public string? RequestHash { get; init; }

    /// <summary>When the second step was taken that this change of methods stands on; null where none was shown.</summary>
    public DateTimeOffset? SecondStepAt { get; init; }

    /// <summary>How it ended, when it did: verified, failed or cancelled.</summary>
    public EnrollmentState? End { get; init; }

    /// <summary>Why it failed although the proof was right.</summary>
    public EnrollmentFault? Fault { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The method that it made.</summary>
    public string? MethodId { get; init; }

    /// <summary>How often "Contact me" started a verification.</summary>
    public int Contacts { get; init; }

    /// <summary>How many sends of the current verification count in today's <see cref="Usage"/>: given back when it verifies.</summary>
    public int Counted { get; init; }

    /// <summary>Idempotency-Keys of contacts and what they asked for, hashed, the newest last.</summary>
    public ImmutableArray<string> ContactKeys { get; init; } = [];

    /// <summary>What the account has used up with this kind.</summary>
    public Usage Usage { get; init; } = new();

    public Verification? Verification { get; init; }

    /// <summary>Where it stands at this time.</summary>
    public EnrollmentState StateAt(DateTimeOffset now) =>
        End ?? (Verification is { IsFinal: false } ? EnrollmentState.Contacting
            : now >= ExpiresAt ? EnrollmentState.Expired
            : EnrollmentState.ReadyToContact);
}
