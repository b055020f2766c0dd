namespace Mfa.VirtualPhone;

internal sealed record PlayRequest(
    IReadOnlyList<WireSource?>? PlaySources,
    WirePlayOptions? PlayOptions,
    bool? InterruptCallMediaOperation,
    string? OperationContext,
    string? OperationCallbackUri);

internal sealed record WirePlayOptions(bool? Loop, bool? InterruptCallMediaOperation);

internal sealed record RecognizeRequest(
    string? RecognizeInputType,
    WireSource? PlayPrompt,
    IReadOnlyList<WireSource?>? PlayPrompts,
    bool? InterruptCallMediaOperation,
    WireRecognizeOptions? RecognizeOptions,
    string? OperationContext,
    string? OperationCallbackUri);

internal sealed record WireRecognizeOptions(
    bool? InterruptPrompt,
    int? InitialSilenceTimeoutInSeconds,
    WireIdentifier? TargetParticipant,
    WireDtmfOptions? DtmfOptions);

internal sealed record WireDtmfOptions(int? InterToneTimeoutInSeconds, int? MaxTonesToCollect, IReadOnlyList<string?>? StopTones);

internal sealed record SendTonesRequest(
    IReadOnlyList<string?>? Tones,
    WireIdentifier? TargetParticipant,
    string? OperationContext,
    string? OperationCallbackUri);

internal sealed record WireSource(string? Kind, WireText? Text, WireFile? File, WireSsml? Ssml);

internal sealed record WireText(string? Text, string? SourceLocale, string? VoiceName);

internal sealed record WireFile(string? Uri);

internal sealed record WireSsml(string? SsmlText);
