using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>What became of an event.</summary>
public enum Answer
{
    /// <summary>It was taken in.</summary>
    Taken,

    /// <summary>It changes nothing: seen before, of an older attempt, or too late.</summary>
    Ignored,

    /// <summary>The code is wrong, and was counted.</summary>
    WrongCode,

    /// <summary>The PIN is wrong, and was counted.</summary>
    WrongPin,

    /// <summary>The device shows something else than what it is asked for: nothing changed.</summary>
    NotWhatWasShown,

    /// <summary>The verification is final.</summary>
    Over,

    /// <summary>The next text may be asked for later.</summary>
    TooSoon,

    /// <summary>No more texts in this verification.</summary>
    NoSendsLeft,

    /// <summary>There is no verification yet.</summary>
    NotContacted,

    /// <summary>This way of proving has no such step: no code in a call, no second text of an authenticator code.</summary>
    NotThisWay,
}

/// <summary>What one step makes of a verification.</summary>
/// <param name="Next">The state to save; the very same object when nothing changed.</param>
/// <param name="Effects">What the one who saves it must perform now: the leases in <paramref name="Next"/> are theirs.</param>
/// <param name="Answer">What became of the event.</param>
public readonly record struct Stepped(Verification Next, ImmutableArray<PendingEffect> Effects, Answer Answer);
