using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>What is known of one telephone number: open replies, recent sends, and whether it wants texts.</summary>
public sealed partial record NumberRecord
{
    /// <summary>How many text verifications of one number can be answered by a reply.</summary>
    public const int RepliesAtMost = 5;

    private const int WordsKept = 8;

    /// <summary>STOP was texted from it.</summary>
    public bool OptedOut { get; init; }

    /// <summary>The carrier's ids of the last STOPs and STARTs, the newest last.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    public ImmutableArray<OpenReply> Open { get; init; } = [];

    /// <summary>The sends of the last day, the oldest first.</summary>
    public ImmutableArray<NumberSend> Sends { get; init; } = [];

    /// <summary>Takes a STOP or a START, once: one that is told again, or was overheard and is told by somebody else, changes nothing.</summary>
    /// <param name="stop">Whether it is STOP.</param>
    /// <param name="eventId">The carrier's id of the event.</param>
    public NumberRecord Wants(bool stop, string eventId) => Words.Contains(eventId) ? this
        : this with { OptedOut = stop, Words = (Words.Length < WordsKept ? Words : Words.RemoveAt(0)).Add(eventId) };

    /// <summary>Reserves one send, under an id that makes a repeat the same reservation.</summary>
    /// <param name="send">The send.</param>
    /// <param name="reply">What a reply to it would look like; null for a call.</param>
    /// <param name="policy">The limits.</param>
    /// <returns>The record to save, and with a refusal when to come back.</returns>
    public (NumberRecord Next, NumberAnswer Answer, DateTimeOffset? RetryAt) Reserve(NumberSend send, OpenReply? reply, AccountPolicy policy)
    {
        if (OptedOut && (reply is not null || send.How is null))
        {
            return (this, NumberAnswer.OptedOut, null);
        }

        var recent = Sends.RemoveAll(s => s.At <= send.At.AddDays(-1));
        if (!recent.Any(s => s.Id == send.Id))
        {
            if (recent.LastOrDefault(s => s.Account == send.Account && Spaces(s, send))?.At + policy.SendAgainAfter is { } spaced && spaced > send.At)
            {
                return (this, NumberAnswer.TooSoon, spaced);
            }

            if (RetryAt(recent, send, policy) is { } retryAt)
            {
                return (this, NumberAnswer.Limit, retryAt);
            }

            recent = recent.Add(send);
        }

        return (this with { Sends = recent, Open = reply is null ? Open.RemoveAll(r => r.Until <= send.At) : WithReply(reply, send.At) }, NumberAnswer.Reserved, null);
    }

    /// <summary>
    /// Closes what a verification left open. The sends of a verified one no longer stand in the way of strangers; what one account, or
    /// all together, may ask for in a day is not given back.
    /// </summary>
    public NumberRecord Settle(string verificationId, bool giveBack)
    {
        var open = Open.RemoveAll(r => r.VerificationId == verificationId);
        var given = giveBack && Sends.Any(s => IsOf(s, verificationId) && !s.GivenBack);
        return open.Length == Open.Length && !given
            ? this
            : this with { Open = open, Sends = given ? [.. Sends.Select(s => IsOf(s, verificationId) ? s with { GivenBack = true } : s)] : Sends };
    }

    /// <summary>When the number was last used, or still is.</summary>
    public DateTimeOffset? UsedAt()
    {
        var times = Sends.Select(s => s.At).Concat(Open.Select(r => r.Until)).ToList();
        return times.Count == 0 ? null : times.Max();
    }

    // After a send that was answered, the next sign-in needs not wait; the number's own user may go another way at once; and a notice, which is no way, waits for none.
    private static bool Spaces(NumberSend before, NumberSend next) => !before.GivenBack && (!next.Proved || (next.How is not null && before.How == next.How));

    private static bool IsOf(NumberSend send, string verificationId) => send.Id.StartsWith(verificationId + "/", StringComparison.Ordinal);

    private static DateTimeOffset? RetryAt(ImmutableArray<NumberSend> day, NumberSend send, AccountPolicy policy)
    {
        var hour = TimeSpan.FromHours(1);
        ImmutableArray<NumberSend> own = [.. day.Where(s => s.Account == send.Account)];
        ImmutableArray<NumberSend> inHour = [.. day.Where(s => s.At > send.At - hour)];
        var always = Later(
            FreeAt(day, Math.Min(policy.NumberSendsOfAllADay, AccountPolicy.NumberSendsKept), TimeSpan.FromDays(1)),
            FreeAt(own, policy.NumberSendsOfAccountADay, TimeSpan.FromDays(1)));
        if (send.Proved)
        {
            return Later(always, FreeAt([.. inHour.Where(s => s.Proved && s.Account == send.Account)], policy.OwnerSendsAnHour, hour));
        }

        ImmutableArray<NumberSend> strangers = [.. day.Where(IsStrangers)];
        ImmutableArray<NumberSend> strangersInHour = [.. inHour.Where(IsStrangers)];
        always = Later(always, Later(FreeAt(strangersInHour, policy.NumberSendsAnHour, hour), FreeAt(strangers, policy.NumberSendsADay, TimeSpan.FromDays(1))));
        return Later(always, Later(
            FreeAt([.. strangersInHour.Where(s => s.Account == send.Account)], policy.StrangerSendsAnHour, hour),
            FreeAt([.. strangers.Where(s => s.Account == send.Account)], policy.StrangerSendsADay, TimeSpan.FromDays(1))));
    }

    private static bool IsStrangers(NumberSend send) => send is { Proved: false, GivenBack: false };

    // Full: free again when enough of the oldest have left the window.
    private static DateTimeOffset? FreeAt(ImmutableArray<NumberSend> inWindow, int limit, TimeSpan window) =>
        inWindow.Length < limit ? null : limit < 1 ? DateTimeOffset.MaxValue : inWindow[inWindow.Length - limit].At + window;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a > b ? a : b;
}
