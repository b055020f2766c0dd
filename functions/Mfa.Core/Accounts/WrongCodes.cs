using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>Wrong codes in a row, over everything that asked for one.</summary>
/// <param name="InARow">How many.</param>
/// <param name="LastAt">When the last of them was entered.</param>
public sealed record WrongCodes([property: JsonPropertyName("failures")] int InARow, [property: JsonPropertyName("failedAt")] DateTimeOffset? LastAt)
{
    /// <summary>One more.</summary>
    public WrongCodes And(DateTimeOffset now) => new(InARow + 1, now);

    /// <summary>When the wait after the last of them is over: 30 s, 1 min, 2 min … 1 h after each from the tenth on.</summary>
    public DateTimeOffset? FreeAt(AccountPolicy policy)
    {
        var over = InARow - policy.FailuresBeforeWait;
        return over < 0 ? null
            : LastAt + (over > 20 || policy.FirstWait * (1L << over) > policy.LongestWait ? policy.LongestWait : policy.FirstWait * (1L << over));
    }

    /// <summary>Why no other code is judged now; null when one is.</summary>
    public AccountRefusal? Refusal(AccountPolicy policy, DateTimeOffset now) =>
        InARow >= policy.FailuresBeforeLock ? new(AccountFault.MethodLocked)
            : FreeAt(policy) is { } freeAt && freeAt > now ? new(AccountFault.TooManyFailures, freeAt)
            : null;
}
