namespace Mfa.VirtualPhone;

internal sealed class Playing(IReadOnlyList<Prompt> prompts, bool loop, string? operationContext, Uri? callbackUri)
    : MediaOperation(operationContext, callbackUri)
{
    /// <summary>A prompt that goes on and on takes some time, whatever the setting says.</summary>
    private static readonly TimeSpan ShortestLoop = TimeSpan.FromMilliseconds(100);

    public override string CanceledEvent => "PlayCanceled";

    public override void Begin(MediaQueue line)
    {
        if (prompts.FirstOrDefault(prompt => prompt.Fault is not null)?.Fault is { } fault)
        {
            line.Finish(new("PlayFailed", fault, OperationContext));
            return;
        }

        foreach (var prompt in prompts) { line.Say(prompt); }
        Speak(line);
    }

    private void Speak(MediaQueue line)
    {
        var takes = line.Options.SpeakFor * prompts.Count;
        if (loop) { line.Alarm.Set(takes > ShortestLoop ? takes : ShortestLoop, () => Speak(line)); }
        else { line.Alarm.Set(takes, () => line.Finish(new("PlayCompleted", ResultInformation.Good, OperationContext))); }
    }
}
