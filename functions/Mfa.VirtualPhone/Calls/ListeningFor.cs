namespace Mfa.VirtualPhone;

/// <summary>What a recognize waits for.</summary>
/// <param name="MostTones">Ends after this many keys; null: any number.</param>
/// <param name="StopTones">Keys that end it and are not counted.</param>
/// <param name="Interrupts">Whether a key pressed during the prompt is heard, and ends the prompt.</param>
internal sealed record ListeningFor(TimeSpan InitialSilence, TimeSpan BetweenTones, int? MostTones, IReadOnlySet<string> StopTones, bool Interrupts);
