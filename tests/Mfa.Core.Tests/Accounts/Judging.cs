namespace Mfa.Core.Tests;

/// <summary>Tells by arithmetic of its own whether a code may be judged.</summary>
internal static class Judging
{
    /// <summary>Whether a kind neither rests nor waits nor is off; a block is looked at elsewhere.</summary>
    public static bool IsFree(Account account, MethodKind kind, AccountPolicy policy, DateTimeOffset now) =>
        !(account.PausedUntil.TryGetValue(kind, out var until) && now < until) && IsFree(account.WrongCodes.GetValueOrDefault(kind), policy, now);

    public static bool IsFree(WrongCodes? wrong, AccountPolicy policy, DateTimeOffset now) =>
        wrong is null || (wrong.InARow < policy.FailuresBeforeLock && !(now < wrong.LastAt + Wait(wrong.InARow, policy)));

    /// <summary>The wait after so many wrong codes in a row.</summary>
    public static TimeSpan Wait(int inARow, AccountPolicy policy)
    {
        if (inARow < policy.FailuresBeforeWait)
        {
            return TimeSpan.Zero;
        }

        var wait = policy.FirstWait;
        for (var i = policy.FailuresBeforeWait; i < inARow && wait < policy.LongestWait; i++)
        {
            wait *= 2;
        }

        return wait < policy.LongestWait ? wait : policy.LongestWait;
    }

    /// <summary>The kinds of method that the digits which were given in a challenge are compared with.</summary>
    public static IEnumerable<MethodKind> ComparedWith(AccountStep step, AccountPolicy policy)
    {
        // Ended, blocked, or of an older epoch: who may not know that hears of a wrong code, which nobody compared.
        if (step is { ChallengeBefore: { } ended, Event: CodeGiven } && (!ended.IsOpenAt(step.Now) || ended.Epoch != step.Before.Epoch || (step.Before.BlockedAt is not null && !ended.IsDecoy)))
        {
            yield break;
        }

        if (step is { ChallengeBefore: { } before, Event: CodeGiven { Form: GivenForm.Digits } given })
        {
            if (before.Verification is { How: How.Text, IsFinal: false } text && step.Now < text.Deadline && IsFree(step.Before, before.Kind, policy, step.Now))
            {
                yield return before.Kind;
            }

            if (!given.Seeds.IsEmpty && IsFree(step.Before, MethodKind.MobileApp, policy, step.Now))
            {
                yield return MethodKind.MobileApp;
            }
        }
        else if (step.Event is CodeTyped)
        {
            yield return step.HolderBefore!.Kind;
        }
    }
}
