using System.Collections.Immutable;

namespace Mfa.Core;

public partial record NumberRecord
{
    /// <summary>
    /// Takes a code that was texted from this number. Senders can be forged: one that matches nothing is counted for every open reply,
    /// and a verification that saw too many of them is answered by typing alone.
    /// </summary>
    /// <param name="codeHash">The HMAC of the code.</param>
    /// <param name="eventId">The carrier's id of the event: told twice, it counts once.</param>
    /// <param name="wrongAtMost">How many wrong ones close replies.</param>
    /// <param name="now">The time.</param>
    /// <returns>The record to save, and the verification that the code belongs to.</returns>
    public (NumberRecord Next, string? VerificationId) Replied(string codeHash, string eventId, int wrongAtMost, DateTimeOffset now)
    {
        bool IsOpen(OpenReply r) => r.Until > now && r.Wrong.Length < wrongAtMost;
        if (Open.LastOrDefault(r => IsOpen(r) && r.Codes.Contains(codeHash)) is { } found)
        {
            return (this, found.VerificationId);
        }

        return Open.Any(r => IsOpen(r) && !r.Wrong.Contains(eventId))
            ? (this with { Open = [.. Open.Select(r => IsOpen(r) && !r.Wrong.Contains(eventId) ? r with { Wrong = r.Wrong.Add(eventId) } : r)] }, null)
            : (this, null);
    }

    // Another text of the same verification brings new codes, and forgets no wrong reply.
    private ImmutableArray<OpenReply> WithReply(OpenReply reply, DateTimeOffset now)
    {
        var wrong = Open.FirstOrDefault(r => r.VerificationId == reply.VerificationId)?.Wrong ?? [];
        var open = Open.RemoveAll(r => r.Until <= now || r.VerificationId == reply.VerificationId);
        return (open.Length >= RepliesAtMost ? open.RemoveAt(0) : open).Add(reply with { Wrong = wrong });
    }
}
