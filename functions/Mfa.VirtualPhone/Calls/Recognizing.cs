namespace Mfa.VirtualPhone;

internal sealed class Recognizing(IReadOnlyList<Prompt> prompts, ListeningFor wanted, string? operationContext, Uri? callbackUri)
    : MediaOperation(operationContext, callbackUri)
{
    private readonly List<string> _tones = [];
    private bool _spoken;

    public override bool Listening => _spoken || wanted.Interrupts;

    public override string CanceledEvent => "RecognizeCanceled";

    public override void Begin(MediaQueue line)
    {
        if (prompts.Any(prompt => prompt.Fault is not null))
        {
            line.Finish(new("RecognizeFailed", ResultInformation.PromptFailed, OperationContext));
            return;
        }

        foreach (var prompt in prompts) { line.Say(prompt); }
        line.Alarm.Set(line.Options.SpeakFor * prompts.Count, () => Listen(line));
        if (!_spoken && wanted.Interrupts) { line.Listens(); }
    }

    public override void Hear(MediaQueue line, string tone)
    {
        _spoken = true;
        if (wanted.StopTones.Contains(tone))
        {
            Complete(line, ResultInformation.StopTone);
            return;
        }

        _tones.Add(tone);
        if (_tones.Count == wanted.MostTones) { Complete(line, ResultInformation.MaxTones); }
        else { line.Alarm.Set(wanted.BetweenTones, () => Fail(line, ResultInformation.BetweenTones)); }
    }

    private void Listen(MediaQueue line)
    {
        _spoken = true;
        line.Alarm.Set(wanted.InitialSilence, () => Fail(line, ResultInformation.Silence));
        line.Listens();
    }

    private void Complete(MediaQueue line, ResultInformation how) =>
        line.Finish(new("RecognizeCompleted", how, OperationContext) { Tones = _tones });

    private void Fail(MediaQueue line, ResultInformation why) => line.Finish(new("RecognizeFailed", why, OperationContext));
}
