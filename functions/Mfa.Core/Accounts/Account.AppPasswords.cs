using System.Collections.Immutable;

namespace Mfa.Core;

public partial record Account
{
    public ImmutableArray<AppPassword> AppPasswords { get; init; } = [];

    /// <summary>Wrong app passwords, by the relying party that showed them.</summary>
    public ImmutableDictionary<string, WrongPasswords> WrongPasswords { get; init; } = ImmutableDictionary<string, WrongPasswords>.Empty;

    /// <summary>The account with another app password.</summary>
    public (Account Account, AccountRefusal? Refusal) Make(AppPassword password, ShownStep? step, AccountPolicy policy, DateTimeOffset now) =>
        // Decided again after a save whose answer was lost.
        AppPasswords.Any(p => p.Id == password.Id) ? (this, null)
        : MayMakePassword(step, policy, now) is { } refusal ? (this, refusal)
        : (Spent(step, now) with { AppPasswords = AppPasswords.Add(password) }, null);

    /// <summary>The account without an app password, or without any; the very same where there is no such one.</summary>
    /// <param name="id">Which; null for all.</param>
    public Account Revoke(string? id) =>
        AppPasswords.RemoveAll(p => id is null || p.Id == id) is var left && left.Length == AppPasswords.Length ? this : this with { AppPasswords = left };

    /// <summary>The same by the user.</summary>
    public (Account Account, AccountRefusal? Refusal) Revoke(string? id, ShownStep? step, AccountPolicy policy, DateTimeOffset now) =>
        Revoke(id) is var left && ReferenceEquals(left, this) ? (this, null)
        : MayChange(step, once: false, policy, now) is { } refusal ? (this, refusal)
        : (left, null);

    /// <summary>
    /// What becomes of the account when an app password is shown. One that is right is noted once a day, and serves whatever was shown before: of so
    /// many letters none is guessed, and nobody is to keep a user's programs out by showing wrong ones. Those are counted, one that was
    /// shown a while ago not again, and past the limits refused without a trace.
    /// </summary>
    /// <param name="client">The relying party that shows it.</param>
    /// <param name="right">The one that it is; null where it is none.</param>
    /// <param name="mark">What a wrong one is recognised by.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public (Account Account, AccountRefusal? Refusal) Showing(string client, AppPassword? right, string mark, AccountPolicy policy, DateTimeOffset now)
    {
        if (right is not null)
        {
            var day = DateOnly.FromDateTime(now.UtcDateTime);
            return AppPasswords.FirstOrDefault(p => p.Id == right.Id) is not { } kept || kept.LastUsed >= day ? (this, null)
                : (this with { AppPasswords = AppPasswords.Replace(kept, right with { LastUsed = day }) }, null);
        }

        var today = Today.On(now);
        var known = WrongPasswords.GetValueOrDefault(client);
        var wrong = known is null ? new(now, 0, []) : known.EndsAt > now ? known : known with { Since = now, Count = 0 };
        var more = wrong.And(mark);
        return ReferenceEquals(more, wrong) ? (this, null)
            : today.WrongPasswords >= policy.WrongAppPasswordsADay ? (this, new(AccountFault.TooManyFailures, Today.Ends(now)))
            : wrong.Count >= policy.WrongAppPasswordsAnHour ? (this, new(AccountFault.TooManyFailures, wrong.EndsAt))
            : (this with
            {
                WrongPasswords = WrongPasswords.RemoveRange(WrongPasswords.Where(w => w.Value.EndsAt + policy.KeepFor <= now).Select(w => w.Key)).SetItem(client, more),
                Today = today with { WrongPasswords = today.WrongPasswords + 1 },
            }, null);
    }

    /// <summary>Why no app password may be made; null when one may.</summary>
    public AccountRefusal? MayMakePassword(ShownStep? step, AccountPolicy policy, DateTimeOffset now) =>
        !policy.AppPasswords ? new(AccountFault.AppPasswordsOff)
        : Methods.IsEmpty ? new(AccountFault.NoMethod)
        // Before anybody takes a second step for nothing.
        : AppPasswords.Length >= policy.AppPasswordsAtMost ? new(AccountFault.AppPasswordsLimit)
        : MayChange(step, once: true, policy, now);
}
