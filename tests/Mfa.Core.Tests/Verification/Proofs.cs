namespace Mfa.Core.Tests;

/// <summary>Tells a right proof from what the shell was told to perform, not from the state.</summary>
internal static class Proofs
{
    public static bool IsRight(Play play, Verification before, VerificationEvent e)
    {
        if (before.IsFinal || (e is CarrierEvent { EventId: var id } && before.SeenEvents.Contains(id)))
        {
            return false;
        }

        var inTime = play.Now < Play.TimeIsUp(before);
        return inTime && e switch
        {
            CodeTyped typed when before.How == How.Text => IsOneOfTheLastTwo(play, typed.Typed),
            CodeTyped typed when before.How == How.Code => Enumerable.Range(-1, 3).Any(off =>
                typed.Typed == Play.AppCode(play.Now.AddSeconds(30 * off)) && !(Totp.StepAt(play.Now) + off <= typed.LastStep)),
            Replied replied when before.How == How.Text => IsOneOfTheLastTwo(play, replied.Typed),
            KeysHeard heard when before.How == How.Call => IsRightKey(play, before, heard),
            _ => false,
        };
    }

    private static bool IsOneOfTheLastTwo(Play play, string typed)
    {
        var sent = play.Tries.Select(t => t.Pending.Effect).OfType<SendText>().Max(s => s.Send);
        return typed == Play.Code(sent) || (sent > 1 && typed == Play.Code(sent - 1));
    }

    // The last thing asked, of the last call placed.
    private static bool IsRightKey(Play play, Verification before, KeysHeard heard)
    {
        var performed = play.Tries.Select(t => t.Pending.Effect).ToArray();
        return performed.OfType<PlaceCall>().Last().Attempt == heard.Attempt
            && performed.OfType<Ask>().LastOrDefault() is { Prompt: CallPrompt.Verify or CallPrompt.VerifyAgain } asked
            && (asked.Attempt, asked.CallId, asked.Number) == (heard.Attempt, heard.CallId, heard.Prompt)
            && heard.Keys == (before.Policy.CallProof == CallProof.Number ? $"{MatchingNumber.Derive(Play.Key, Play.Id)}#" : "#");
    }
}
