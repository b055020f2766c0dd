using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>Something the shell has to do for a verification.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(SendText), "sendText")]
[JsonDerivedType(typeof(PlaceCall), "placeCall")]
[JsonDerivedType(typeof(DialExtension), "dialExtension")]
[JsonDerivedType(typeof(Ask), "ask")]
[JsonDerivedType(typeof(Say), "say")]
[JsonDerivedType(typeof(HangUp), "hangUp")]
[JsonDerivedType(typeof(WakeDevice), "wakeDevice")]
[JsonDerivedType(typeof(LookUp), "lookUp")]
[JsonDerivedType(typeof(SettleNumber), "settleNumber")]
public abstract record Effect
{
    /// <summary>Whether a person waits on the line for it, so that its lease is short.</summary>
    [JsonIgnore]
    public bool InsideCall => this is DialExtension or Ask or Say or HangUp;

    /// <summary>The carrier's id of the call that it is done in; null where it is none.</summary>
    [JsonIgnore]
    public string? Within => this switch
    {
        DialExtension dial => dial.CallId,
        Ask ask => ask.CallId,
        Say say => say.CallId,
        HangUp hangUp => hangUp.CallId,
        _ => null,
    };

    /// <summary>Whether it reaches out to the user: such an effect is dropped when the verification has ended without it.</summary>
    [JsonIgnore]
    public bool ReachesOut => this is SendText or PlaceCall or WakeDevice;

    /// <summary>Whether nobody waits for it: it is done after the answer, and no clock is told of it.</summary>
    [JsonIgnore]
    public bool IsHousekeeping => this is SettleNumber;
}

/// <summary>Text the code of this send.</summary>
/// <param name="Send">1 for the first text.</param>
public sealed record SendText(int Send) : Effect;

/// <summary>Call the user; the receipt is the carrier's id of the call.</summary>
/// <param name="Attempt">1 for the first call.</param>
public sealed record PlaceCall(int Attempt) : Effect;

/// <summary>Wake an authenticator app, which then looks what there is for it. A device that was not woken finds it when it is opened.</summary>
/// <param name="DeviceId">The device.</param>
public sealed record WakeDevice(string DeviceId) : Effect;

/// <summary>Ask the carrier what became of a text or a call that it has told nothing of: what it posts may be lost.</summary>
/// <param name="Attempt">The text or the call.</param>
/// <param name="Receipt">The carrier's id of it.</param>
/// <param name="After">How long the carrier is given; twice as long the next time.</param>
public sealed record LookUp(int Attempt, string Receipt, TimeSpan After) : Effect;

/// <summary>Send tones of the number's extension in a call.</summary>
/// <param name="Attempt">The call's attempt.</param>
/// <param name="CallId">The carrier's id of the call.</param>
/// <param name="Part">1 for the tones before the first pause between them; what came of it comes back with it.</param>
public sealed record DialExtension(int Attempt, string CallId, int Part) : Effect;

/// <summary>Say something in a call and listen for keys.</summary>
/// <param name="Attempt">The call's attempt.</param>
/// <param name="CallId">The carrier's id of the call.</param>
/// <param name="Number">1 for the first prompt of the call; what is heard comes back with it.</param>
/// <param name="Prompt">What to say.</param>
public sealed record Ask(int Attempt, string CallId, int Number, CallPrompt Prompt) : Effect;

/// <summary>Say the last words of a call.</summary>
public sealed record Say(int Attempt, string CallId, CallPrompt Prompt) : Effect;

/// <summary>End a call for all who are in it.</summary>
public sealed record HangUp(string CallId) : Effect;

/// <summary>Close what the number's row keeps open for a verification.</summary>
/// <param name="VerificationId">This verification, or the one before it.</param>
/// <param name="GiveBack">Verified: its sends no longer count against the number.</param>
/// <param name="NumberKey">The number's partition key; null for that of the holder, as a version before wrote it.</param>
public sealed record SettleNumber(string VerificationId, bool GiveBack, string? NumberKey = null) : Effect;
