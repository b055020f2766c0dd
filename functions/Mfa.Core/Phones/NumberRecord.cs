using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>A text verification that a reply from the number may belong to.</summary>
/// <param name="VerificationId">Whose reply it would be.</param>
/// <param name="Codes">HMACs of its last two codes.</param>
/// <param name="Until">When it ends at the latest.</param>
public sealed record OpenReply(string VerificationId, ImmutableArray<string> Codes, DateTimeOffset Until);

/// <summary>One text or one "Contact me" by call.</summary>
/// <param name="Id">The verification and the number of the send.</param>
/// <param name="Account">Whose it was.</param>
/// <param name="At">When.</param>
/// <param name="Proved">Whether that account had proved the number.</param>
public sealed record NumberSend(string Id, string Account, DateTimeOffset At, bool Proved);

/// <summary>What a number may still get.</summary>
public enum NumberAnswer
{
    /// <summary>Send.</summary>
    Reserved,

    /// <summary>The number asked for no more texts.</summary>
    OptedOut,

    /// <summary>The limit is reached; see the time.</summary>
    Limit,
}

/// <summary>What is known of one telephone number: open replies, recent sends, and whether it wants texts.</summary>
public sealed record NumberRecord
{
    /// <summary>How many text verifications of one number can be answered by a reply.</summary>
    public const int RepliesAtMost = 5;

    // The daily limit of strangers and the hourly ones of nine owners fit.
    private const int SendsAtMost = 100;

    /// <summary>STOP was texted from it.</summary>
    public bool OptedOut { get; init; }

    public ImmutableArray<OpenReply> Open { get; init; } = [];

    public ImmutableArray<NumberSend> Sends { get; init; } = [];

    /// <summary>Reserves one send, under an id that makes a repeat the same reservation.</summary>
    /// <param name="send">The send.</param>
    /// <param name="reply">What a reply to it would look like; null for a call.</param>
    /// <param name="policy">The limits.</param>
    /// <returns>The record to save, and with <see cref="NumberAnswer.Limit"/> when to come back.</returns>
    public (NumberRecord Next, NumberAnswer Answer, DateTimeOffset? RetryAt) Reserve(NumberSend send, OpenReply? reply, AccountPolicy policy)
    {
        if (reply is not null && OptedOut)
        {
            return (this, NumberAnswer.OptedOut, null);
        }

        var recent = Sends.RemoveAll(s => s.At <= (s.Proved ? send.At.AddHours(-1) : send.At.AddDays(-1)));
        if (!recent.Any(s => s.Id == send.Id))
        {
            var retryAt = RetryAt(recent, send, policy);
            if (retryAt is not null)
            {
                return (this, NumberAnswer.Limit, retryAt);
            }

            recent = WithRoom(recent).Add(send);
        }

        var open = Open.RemoveAll(r => r.Until <= send.At);
        if (reply is not null)
        {
            open = open.RemoveAll(r => r.VerificationId == reply.VerificationId);
            open = (open.Length >= RepliesAtMost ? open.RemoveAt(0) : open).Add(reply);
        }

        return (this with { Sends = recent, Open = open }, NumberAnswer.Reserved, null);
    }

    /// <summary>Closes what a verification left open; a verified one gets its sends back.</summary>
    public NumberRecord Settle(string verificationId, bool giveBack) => this with
    {
        Open = Open.RemoveAll(r => r.VerificationId == verificationId),
        Sends = giveBack ? Sends.RemoveAll(s => s.Id.StartsWith(verificationId + "/", StringComparison.Ordinal)) : Sends,
    };

    /// <summary>The verification that a code texted from this number belongs to.</summary>
    public string? Find(string codeHash, DateTimeOffset now) =>
        Open.LastOrDefault(r => r.Until > now && r.Codes.Contains(codeHash))?.VerificationId;

    // However many owners a number has, what they were sent never makes room for more to strangers.
    private static ImmutableArray<NumberSend> WithRoom(ImmutableArray<NumberSend> recent) =>
        recent.Length < SendsAtMost ? recent
        : recent.FirstOrDefault(s => s.Proved) is { } oldest ? recent.Remove(oldest) : recent.RemoveAt(0);

    private static DateTimeOffset? RetryAt(ImmutableArray<NumberSend> recent, NumberSend send, AccountPolicy policy)
    {
        var hour = send.At.AddHours(-1);
        return send.Proved
            ? FreeAt([.. recent.Where(s => s.Proved && s.Account == send.Account && s.At > hour)], policy.OwnerSendsAnHour, TimeSpan.FromHours(1))
            : Later(
                FreeAt([.. recent.Where(s => !s.Proved && s.At > hour)], policy.NumberSendsAnHour, TimeSpan.FromHours(1)),
                FreeAt([.. recent.Where(s => !s.Proved)], policy.NumberSendsADay, TimeSpan.FromDays(1)));
    }

    // Full: free again when enough of the oldest have left the window.
    private static DateTimeOffset? FreeAt(ImmutableArray<NumberSend> inWindow, int limit, TimeSpan window) =>
        inWindow.Length < limit ? null : limit < 1 ? DateTimeOffset.MaxValue : inWindow[inWindow.Length - limit].At + window;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a > b ? a : b;
}
