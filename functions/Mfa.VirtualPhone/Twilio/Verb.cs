namespace Mfa.VirtualPhone;

/// <summary>One instruction of TwiML.</summary>
internal abstract record Verb;

/// <summary>Words, or the address of a file.</summary>
/// <param name="Language">What the words are in, as BCP 47 names it; null where the document doesn't say.</param>
/// <param name="Times">How often it is said.</param>
internal sealed record Speak(string Words, string? Language, int Times) : Verb;

/// <summary>Tones into the call, with <c>w</c> and <c>W</c> for pauses.</summary>
internal sealed record SendTones(string Digits) : Verb;

internal sealed record Pause(TimeSpan For) : Verb;

/// <param name="Prompts">What is said meanwhile: <see cref="Speak"/> and <see cref="Pause"/>.</param>
/// <param name="FinishOn">Keys that end it and are left out of what was pressed; with none, every key is part of it.</param>
/// <param name="Action">As the document wrote it; empty: the document's own address.</param>
/// <param name="ActsOnEmpty">Whether silence is posted too.</param>
internal sealed record Gather(
    IReadOnlyList<Verb> Prompts, int? NumDigits, string FinishOn, TimeSpan Timeout, string Action, HttpMethod Method, bool ActsOnEmpty) : Verb;

internal sealed record Redirect(string Url, HttpMethod Method) : Verb;

internal sealed record Hangup : Verb;
