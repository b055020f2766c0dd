namespace Mfa.Core;

/// <summary>
/// A contact that only looks like one: what was asked for ended by what its caller may not know, and goes on for them as it would where nobody had answered.
/// </summary>
/// <param name="Count">How many there were.</param>
/// <param name="How">The way that was asked for.</param>
/// <param name="Until">Until when it would run.</param>
/// <param name="Number">The digits that would be on the screen.</param>
public sealed record Pretence(int Count, How How, DateTimeOffset Until, int? Number);

public partial record Holder
{
    /// <summary>
    /// It after a contact that only looks like one: with another number where another verification would begin, with none that runs where a code
    /// says it all; the very same where what runs goes on.
    /// </summary>
    /// <param name="asks">What it asked by before this contact.</param>
    /// <param name="wanted">The way that is asked for; null for the one that runs, or was chosen.</param>
    /// <param name="key">The key of its numbers.</param>
    /// <param name="policy">The limits of a verification.</param>
    /// <param name="now">The time.</param>
    public Holder Pretending((MethodKind Kind, string? NumberKey) asks, How? wanted, Secret key, VerificationPolicy policy, DateTimeOffset now)
    {
        var last = Pretence ?? (Verification is { } v ? new(0, v.How, v.Deadline, v.MatchNumber) : null);
        var runs = last?.Until > now && Asks == asks ? last : null;
        var how = wanted ?? runs?.How ?? How;
        if (runs?.How == how)
        {
            return this;
        }

        if (!NeedsContact(how))
        {
            return this with { Pretence = last is null ? null : last with { Until = now } };
        }

        var count = (last?.Count ?? 0) + 1;
        var begun = Verification.Start($"{Id}-{Contacts + count}", how, key, policy, now).Next;
        return this with { Pretence = new(count, how, begun.Deadline, begun.MatchNumber) };
    }
}
