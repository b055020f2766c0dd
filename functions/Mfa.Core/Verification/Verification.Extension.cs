using System.Text.Json.Serialization;

namespace Mfa.Core;

public partial record Verification
{
    /// <summary>Whether a call is on the line whose extension is being dialled: a machine listens, and nobody can press a key.</summary>
    [JsonIgnore]
    public bool IsDialling => Call is { Phase: CallPhase.Connected, Prompt: 0 };

    // A part after the last: whoever sits at the extension is asked now. Until its pauses are over, a part is only planned.
    private static Turn Dial(Turn turn, PhoneCall call, int part)
    {
        var quiet = turn.Drop(x => x is DialExtension);
        if (part > quiet.V.Pauses.Length)
        {
            return Prompt(quiet, call with { Asked = 1 }, CallPrompt.Verify);
        }

        var at = quiet.Now + (quiet.V.Policy.ExtensionPause * quiet.V.Pauses[part - 1]);
        return quiet
            .With(quiet.V with { Call = call with { Part = part, Since = at } })
            .Plan(new DialExtension(quiet.V.Attempt, call.Id!, part), at);
    }

    // Nobody can tell of tones that nobody set out to send.
    private static bool Dials(Verification v, string callId, int part) =>
        v.IsDialling && v.Call!.Id == callId && v.Call.Part == part && !v.Pending.Any(p => p.Effect is DialExtension && p.Tries == 0);

    // Whoever answered can't put us through: the call is of no use, and the next one may be.
    private static Turn NotDialled(Turn turn)
    {
        if (turn.V is not { IsFinal: false, IsDialling: true, Call: { Id: { } id } call })
        {
            return turn;
        }

        var quiet = turn.Drop(x => x is DialExtension);
        return AttemptFailed(quiet.With(quiet.V with { Call = call with { Phase = CallPhase.GivenUp } }), Core.Reason.ExtensionFailed).HangUp(id);
    }
}
