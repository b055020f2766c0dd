namespace Mfa.Core;

/// <summary>Something that happened to a verification.</summary>
public abstract record VerificationEvent;

/// <summary>Time passed.</summary>
public sealed record Woke : VerificationEvent;

/// <summary>An effect is done.</summary>
/// <param name="Number">The effect's number.</param>
/// <param name="Effect">The effect itself: its entry may be gone by now.</param>
/// <param name="Receipt">What the carrier answered: its id of the text or the call.</param>
public sealed record EffectDone(int Number, Effect Effect, string? Receipt = null) : VerificationEvent
{
    /// <summary>Of a text or a call: after how long without news the carrier is asked what became of it; null where its news always comes.</summary>
    public TimeSpan? LookAfter { get; init; }

    /// <summary>Of something in a call: whether the carrier says that the call is over.</summary>
    public bool Over { get; init; }

    /// <summary>Of last words: whether the call ends after them by itself.</summary>
    public bool EndsCall { get; init; }

    /// <summary>Of a look: what the carrier says, as it would have told it by itself; null where it is not decided yet.</summary>
    public CarrierEvent? Found { get; init; }
}

/// <summary>An effect is not done, or nobody knows.</summary>
/// <param name="Number">The effect's number.</param>
/// <param name="Reason">Why.</param>
/// <param name="Transient">It may be tried again.</param>
/// <param name="Refused">It is known that nothing was done; otherwise the outcome is unknown.</param>
/// <param name="RetryAfter">What the carrier asked for.</param>
/// <param name="Own">The reason is the carrier's own and not the number's: another may do it.</param>
public sealed record EffectFailed(int Number, Reason Reason, bool Transient, bool Refused, TimeSpan? RetryAfter = null, bool Own = false) : VerificationEvent
{
    /// <summary>Of a text or a call: the carrier that it is the answer of; null where there is only one.</summary>
    public string? Carrier { get; init; }
}

/// <summary>The user typed a code.</summary>
/// <param name="Typed">What was typed.</param>
/// <param name="Key">The verification's code key, or the authenticator's seed.</param>
/// <param name="LastStep">The last time step that the authenticator method accepted.</param>
public sealed record CodeTyped(string Typed, Secret Key, long? LastStep = null) : VerificationEvent
{
    /// <summary>Prints neither the code nor the key.</summary>
    public override string ToString() => nameof(CodeTyped);
}

/// <summary>A device answers a notification, in a request that it signed.</summary>
/// <param name="VerificationId">The verification that it was asked for.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="Decision">What its user says.</param>
/// <param name="Number">The digits that were entered; null for none.</param>
/// <param name="PinHash">The hash of the PIN that was entered, in the form of the device's; null for none.</param>
/// <param name="Seen">base64url(SHA-256) of what the device showed.</param>
public sealed record NotificationAnswered(string VerificationId, string DeviceId, Decision Decision, int? Number, string? PinHash, string Seen) : VerificationEvent
{
    /// <summary>Prints no digits.</summary>
    public override string ToString() => nameof(NotificationAnswered);
}

/// <summary>The user asked for another text.</summary>
public sealed record ResendAsked : VerificationEvent;

/// <summary>The user, or a newer enrollment, called it off.</summary>
public sealed record CancelAsked : VerificationEvent;

/// <summary>Something the carrier told, perhaps twice and in any order.</summary>
/// <param name="EventId">The carrier's id of the event, shortened.</param>
public abstract record CarrierEvent(string EventId) : VerificationEvent;

/// <summary>A text came back from the number that was texted.</summary>
/// <param name="EventId">The carrier's id of the event.</param>
/// <param name="Typed">The code in it.</param>
/// <param name="Key">The verification's code key.</param>
/// <param name="Digits">The two digits after the code, where there are any.</param>
public sealed record Replied(string EventId, string Typed, Secret Key, string? Digits = null) : CarrierEvent(EventId)
{
    /// <summary>Prints neither the code nor the key.</summary>
    public override string ToString() => nameof(Replied);
}

/// <summary>The carrier has taken a text: it is on its way.</summary>
/// <param name="EventId">The carrier's id of the event.</param>
/// <param name="Send">The number of the text.</param>
/// <param name="Receipt">The carrier's id of the text, where it may be asked for.</param>
/// <param name="LookAfter">After how long without other news the carrier is asked what became of it; null where its news always comes.</param>
public sealed record TextTaken(string EventId, int Send, string? Receipt = null, TimeSpan? LookAfter = null) : CarrierEvent(EventId);

/// <summary>The carrier tells what became of a text.</summary>
/// <param name="EventId">The carrier's id of the event.</param>
/// <param name="Send">The number of the text.</param>
/// <param name="Delivered">Whether it arrived.</param>
/// <param name="Own">Of one that did not: the reason is the carrier's own and not the number's, so another may deliver the next.</param>
public sealed record TextReported(string EventId, int Send, bool Delivered, bool Own = false) : CarrierEvent(EventId);

/// <summary>Something about the call of an attempt.</summary>
public abstract record CallEvent(string EventId, int Attempt, string CallId) : CarrierEvent(EventId);

/// <summary>The carrier has taken a call: it rings, or will.</summary>
public sealed record CallPlaced(string EventId, int Attempt, string CallId) : CallEvent(EventId, Attempt, CallId);

/// <summary>Somebody, or a voicemail, answered.</summary>
public sealed record CallConnected(string EventId, int Attempt, string CallId) : CallEvent(EventId, Attempt, CallId);

/// <summary>The call could not be placed, was not answered, or is over.</summary>
/// <param name="EventId">The carrier's id of the event.</param>
/// <param name="Attempt">The call's attempt.</param>
/// <param name="CallId">The carrier's id of the call.</param>
/// <param name="Reason">Why a call that was not answered ended; null where the carrier says no more than that it did.</param>
public sealed record CallEnded(string EventId, int Attempt, string CallId, Reason? Reason) : CallEvent(EventId, Attempt, CallId);

/// <summary>The tones of a part of the extension were sent.</summary>
public sealed record ExtensionDialled(string EventId, int Attempt, string CallId, int Part) : CallEvent(EventId, Attempt, CallId);

/// <summary>The tones of a part of the extension could not be sent.</summary>
public sealed record ExtensionNotDialled(string EventId, int Attempt, string CallId, int Part) : CallEvent(EventId, Attempt, CallId);

/// <summary>Keys were pressed.</summary>
/// <param name="EventId">The carrier's id of the event.</param>
/// <param name="Attempt">The call's attempt.</param>
/// <param name="CallId">The carrier's id of the call.</param>
/// <param name="Prompt">The number of the prompt that listened.</param>
/// <param name="Keys">Of 0-9, A-D, # and *; a # that ended the listening is the last one.</param>
public sealed record KeysHeard(string EventId, int Attempt, string CallId, int Prompt, string Keys) : CallEvent(EventId, Attempt, CallId);

/// <summary>A prompt ended without a key.</summary>
public sealed record NothingHeard(string EventId, int Attempt, string CallId, int Prompt) : CallEvent(EventId, Attempt, CallId);

/// <summary>The last words were said, or could not be.</summary>
public sealed record LastWordsSaid(string EventId, int Attempt, string CallId) : CallEvent(EventId, Attempt, CallId);
