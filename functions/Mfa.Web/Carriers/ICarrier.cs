using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// Who delivers texts and calls. Every answer is a value; a carrier that can't be reached, or does not answer before the token
/// is cancelled, is an answer too.
/// </summary>
public interface ICarrier
{
    /// <summary>Which one it is.</summary>
    CarrierKind Kind { get; }

    /// <summary>Hands over one text. The receipt is the carrier's id of it, where it may be asked for.</summary>
    Task<CarrierAnswer> SendTextAsync(OutgoingText text, CancellationToken cancel);

    /// <summary>Places a call. The receipt is the carrier's id of the call.</summary>
    Task<CarrierAnswer> PlaceCallAsync(OutgoingCall call, CancellationToken cancel);

    /// <summary>Sends tones in a call. What comes of it arrives as a callback. A call that is over is success.</summary>
    Task<CarrierAnswer> DialAsync(OutgoingTones tones, CancellationToken cancel);

    /// <summary>Speaks in a call and listens for keys. What comes of it arrives as a callback. A call that is over is success.</summary>
    Task<CarrierAnswer> AskAsync(CallQuestion question, CancellationToken cancel);

    /// <summary>Speaks in a call. The end of it arrives as a callback. A call that is over is success.</summary>
    Task<CarrierAnswer> SayAsync(string callId, SpokenText text, CancellationToken cancel);

    /// <summary>Ends a call for all who are in it. A call that is over is success.</summary>
    Task<CarrierAnswer> HangUpAsync(string callId, CancellationToken cancel);

    /// <summary>Whether an id of a call is one that this carrier gives.</summary>
    bool Gives(string callId);

    /// <summary>What became of a text, or of a call that rings, as the carrier would tell by itself; null where that is not decided, or can't be found out now.</summary>
    /// <param name="receipt">The carrier's id of it.</param>
    /// <param name="how">A text or a call.</param>
    /// <param name="attempt">The number of it.</param>
    /// <param name="cancel">Cancels.</param>
    Task<CarrierEvent?> LookUpAsync(string receipt, How how, int attempt, CancellationToken cancel) => Task.FromResult<CarrierEvent?>(null);
}

/// <summary>One try of something that the carrier does at most once, however often it is asked.</summary>
/// <param name="RequestId">The same for every try.</param>
/// <param name="FirstSent">When it was first tried.</param>
/// <param name="Again">Whether the outcome of an earlier try is unknown: a carrier that knows no repeat by its id looks for it first.</param>
public sealed record Repeatable(Guid RequestId, DateTimeOffset FirstSent, bool Again = false);

/// <summary>A text on its way out.</summary>
/// <param name="To">The number.</param>
/// <param name="Body">What it says: it holds a code, and is never logged.</param>
/// <param name="Tag">Comes back with the delivery report.</param>
/// <param name="Callback">Where the events of this text go, with a carrier that is told so text by text.</param>
/// <param name="Lasts">How long it is of use: after that it needs not be delivered.</param>
/// <param name="Once">Makes a repeat harmless.</param>
public sealed record OutgoingText(PhoneNumber To, string Body, string Tag, Uri Callback, TimeSpan Lasts, Repeatable Once)
{
    /// <summary>Prints no body.</summary>
    public override string ToString() => $"text to {To}";
}

/// <summary>A call on its way out.</summary>
/// <param name="To">The number.</param>
/// <param name="Callback">Where the events of this attempt go.</param>
/// <param name="Once">Makes a repeat harmless.</param>
public sealed record OutgoingCall(PhoneNumber To, Uri Callback, Repeatable Once);

/// <summary>Tones on their way out: of the extension of the number that was called.</summary>
/// <param name="CallId">The carrier's id of the call.</param>
/// <param name="To">The number that was called.</param>
/// <param name="Digits">What is dialled, from 0 to 9.</param>
/// <param name="Part">The number of these tones in the extension, which comes back with what became of them.</param>
/// <param name="Callback">Where the events of this attempt go.</param>
/// <param name="Once">Makes a repeat harmless.</param>
public sealed record OutgoingTones(string CallId, PhoneNumber To, string Digits, int Part, Uri Callback, Repeatable Once)
{
    /// <summary>Prints no digits.</summary>
    public override string ToString() => $"tones to {To}";
}

/// <summary>Something to say, and what to listen for.</summary>
/// <param name="CallId">The carrier's id of the call.</param>
/// <param name="To">The number that was called.</param>
/// <param name="Text">The words.</param>
/// <param name="Prompt">The number of the prompt, which comes back with what was heard.</param>
/// <param name="Keys">How many keys at most; with more than one, # ends it too.</param>
/// <param name="Silence">How long to wait for the first key after the words.</param>
/// <param name="Callback">Where the events of this attempt go.</param>
public sealed record CallQuestion(string CallId, PhoneNumber To, SpokenText Text, int Prompt, int Keys, TimeSpan Silence, Uri Callback);
