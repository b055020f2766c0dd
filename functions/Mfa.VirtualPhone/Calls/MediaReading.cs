namespace Mfa.VirtualPhone;

/// <summary>Makes operations of what the client asks for; null, and why, where it can't be.</summary>
internal static class MediaReading
{
    public static MediaOperation? Play(PlayRequest request, out string fault)
    {
        fault = "playSources must hold text, ssml or file sources.";
        if (request.PlaySources is not { Count: > 0 and <= 10 } || !TryPrompts(request.PlaySources, out var prompts)) { return null; }
        return new Playing(prompts, request.PlayOptions?.Loop == true, request.OperationContext, OptionsCheck.WebAddress(request.OperationCallbackUri));
    }

    /// <param name="number">The one on the line, if there is a call.</param>
    public static MediaOperation? Recognize(RecognizeRequest request, string? number, out string fault)
    {
        var options = request.RecognizeOptions;
        var silence = options?.InitialSilenceTimeoutInSeconds ?? 5;
        var between = options?.DtmfOptions?.InterToneTimeoutInSeconds ?? 2;
        var most = options?.DtmfOptions?.MaxTonesToCollect;
        var stops = options?.DtmfOptions?.StopTones ?? [];
        IReadOnlyList<WireSource?> sources = request.PlayPrompts is { Count: > 0 } several ? several : request.PlayPrompt is { } one ? [one] : [];
        var readable = TryPrompts(sources, out var prompts);
        fault = !"dtmf".Equals(request.RecognizeInputType, StringComparison.OrdinalIgnoreCase) ? "recognizeInputType must be dtmf."
            : options?.TargetParticipant?.Number is not { } target ? "targetParticipant must be a phone number."
            : number is not null && target != number ? "targetParticipant is not on the call."
            : silence is < 0 or > 300 ? "initialSilenceTimeoutInSeconds must be 0 to 300."
            : between is < 1 or > 60 ? "interToneTimeoutInSeconds must be 1 to 60."
            : most is < 1 or > Keypad.Most ? $"maxTonesToCollect must be 1 to {Keypad.Most}."
            : stops.Any(tone => Tones.KeyOf(tone) is null) ? "stopTones must be names of keys."
            : sources.Count > 10 || !readable ? "playPrompt must be a text, ssml or file source."
            : "";
        if (fault.Length > 0) { return null; }

        var wanted = new ListeningFor(
            TimeSpan.FromSeconds(silence), TimeSpan.FromSeconds(between), most, stops.Select(tone => tone!).ToHashSet(), options!.InterruptPrompt == true);
        return new Recognizing(prompts, wanted, request.OperationContext, OptionsCheck.WebAddress(request.OperationCallbackUri));
    }

    private static bool TryPrompts(IReadOnlyList<WireSource?> sources, out IReadOnlyList<Prompt> prompts)
    {
        prompts = sources.Select(Prompt.Of).OfType<Prompt>().ToList();
        return prompts.Count == sources.Count;
    }
}
