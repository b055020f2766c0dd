using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// Who delivers texts and calls. Every answer is a value; a carrier that can't be reached, or does not answer before the token
/// is cancelled, is an answer too.
/// </summary>
public interface ICarrier
{
    /// <summary>Hands over one text. The receipt is not used.</summary>
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
}

/// <summary>One try of something that the carrier does at most once, however often it is asked.</summary>
/// <param name="RequestId">The same for every try.</param>
/// <param name="FirstSent">When it was first tried.</param>
public sealed record Repeatable(Guid RequestId, DateTimeOffset FirstSent);

/// <summary>A text on its way out.</summary>
/// <param name="To">The number.</param>
/// <param name="Body">What it says: it holds a code, and is never logged.</param>
/// <param name="Tag">Comes back with the delivery report.</param>
/// <param name="Once">Makes a repeat harmless.</param>
public sealed record OutgoingText(PhoneNumber To, string Body, string Tag, Repeatable Once)
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
/// <param name="Once">Makes a repeat harmless.</param>
public sealed record OutgoingTones(string CallId, PhoneNumber To, string Digits, int Part, Repeatable Once)
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
public sealed record CallQuestion(string CallId, PhoneNumber To, SpokenText Text, int Prompt, int Keys, TimeSpan Silence);
