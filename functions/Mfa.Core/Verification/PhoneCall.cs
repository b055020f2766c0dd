namespace Mfa.Core;

/// <summary>How far the call of the current attempt has come.</summary>
public enum CallPhase
{
    /// <summary>Asked of the carrier, not yet answered by a person.</summary>
    Ringing,

    /// <summary>Somebody, or a voicemail, answered.</summary>
    Connected,

    /// <summary>We stopped waiting for it; if it is answered after all, it counts.</summary>
    GivenUp,

    /// <summary>The carrier said that it is over.</summary>
    Ended,
}

/// <summary>The call of the current attempt.</summary>
/// <param name="Phase">How far it has come.</param>
/// <param name="Since">When the phase, or the current prompt, began; of a part of the extension, when its pauses are over.</param>
/// <param name="Id">The carrier's id, once known.</param>
/// <param name="Prompt">The number of the prompt that is listening; 0 before the first.</param>
/// <param name="Asked">How often the key was asked for.</param>
/// <param name="Listening">What the current prompt is about.</param>
/// <param name="WrongKeys">Whether any key came that was not asked for.</param>
/// <param name="Part">The part of the extension that was dialled last; 0 before the first, and where there is none.</param>
public sealed record PhoneCall(
    CallPhase Phase,
    DateTimeOffset Since,
    string? Id = null,
    int Prompt = 0,
    int Asked = 0,
    CallPrompt Listening = CallPrompt.Verify,
    bool WrongKeys = false,
    int Part = 0);
