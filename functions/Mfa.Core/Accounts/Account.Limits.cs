namespace Mfa.Core;

public partial record Account
{
    /// <summary>Whether an account that has a method must show a second step, or a younger one, before its methods change.</summary>
    public bool NeedsSecondStep(DateTimeOffset? secondStepAt, AccountPolicy policy, DateTimeOffset now) =>
        !Methods.IsEmpty && !(now - secondStepAt <= policy.SecondStepWithin);

    /// <summary>Why nothing may be opened for this kind of method now; null when it may.</summary>
    public AccountRefusal? MayOpen(MethodKind kind, AccountPolicy policy, DateTimeOffset now) =>
        Blocked ?? Paused(kind, now) ?? (Today.On(now).Opens >= policy.OpensADay ? new(AccountFault.OpensLimit, Today.Ends(now)) : null);

    /// <summary>Why no challenge may be opened now; null when one may.</summary>
    /// <param name="by">Who asks: what one kind asks for takes nothing from the others.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public AccountRefusal? MayChallenge(ChallengedBy by, AccountPolicy policy, DateTimeOffset now)
    {
        var today = Today.On(now);
        var isUp = by switch
        {
            ChallengedBy.OwnPage => today.OwnChallenges >= policy.OwnChallengesADay,
            ChallengedBy.Browser => today.BrowserChallenges >= policy.ChallengesADay,
            _ => today.Challenges >= policy.ChallengesADay,
        };
        return isUp ? new(AccountFault.ChallengesLimit, Today.Ends(now)) : null;
    }

    /// <summary>The account with one more challenge.</summary>
    public Account Challenged(ChallengedBy by, DateTimeOffset now)
    {
        var today = Today.On(now);
        return this with
        {
            Today = by switch
            {
                ChallengedBy.OwnPage => today with { OwnChallenges = today.OwnChallenges + 1 },
                ChallengedBy.Browser => today with { BrowserChallenges = today.BrowserChallenges + 1 },
                _ => today with { Challenges = today.Challenges + 1 },
            },
        };
    }

    /// <summary>The account with one more thing opened.</summary>
    public Account Opened(DateTimeOffset now)
    {
        var today = Today.On(now);
        return this with { Today = today with { Opens = today.Opens + 1 } };
    }

    /// <summary>The account after it chose a number; null where it may try no other new one today.</summary>
    /// <param name="numberKey">The number's partition key.</param>
    /// <param name="phone">The number.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public Account? Chose(string numberKey, PhoneNumber? phone, AccountPolicy policy, DateTimeOffset now)
    {
        var today = Today.On(now);
        return HasProved(phone) || today.Numbers.Contains(numberKey) ? this
            : today.Numbers.Length >= policy.NewNumbersADay ? null
            : this with { Today = today with { Numbers = today.Numbers.Add(numberKey) } };
    }

    /// <summary>Why the day's limits refuse "Contact me"; null when it may go on.</summary>
    /// <param name="how">The way that is asked for.</param>
    /// <param name="owns">Whether the number is the account's own.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public AccountRefusal? MayContact(How how, bool owns, AccountPolicy policy, DateTimeOffset now)
    {
        var today = Today.On(now);
        var sends = how is How.Text or How.Call;
        return today.Contacts >= policy.ContactsADay ? new(AccountFault.ContactsLimit, Today.Ends(now))
            : how == How.Notification && MayNotify(policy, now) is { } wait ? wait
            : sends && (today.Sends >= policy.SendsADay || (!owns && today.UnprovedSends >= policy.UnprovedSendsADay)) ? new(AccountFault.SendsLimit, Today.Ends(now))
            : null;
    }

    /// <summary>Why no proof by this kind of method is judged now; null when one is.</summary>
    public AccountRefusal? MayProve(MethodKind kind, AccountPolicy policy, DateTimeOffset now) =>
        Blocked ?? Paused(kind, now) ?? WrongCodes.GetValueOrDefault(kind)?.Refusal(policy, now);

    /// <summary>The account after "Contact me" started a verification.</summary>
    public Account Contacted(DateTimeOffset now)
    {
        var today = Today.On(now);
        return this with { Today = today with { Contacts = today.Contacts + 1 } };
    }

    /// <summary>The account after it asked for a text or a call to a number. Nothing gives that back.</summary>
    public Account Sent(bool owns, DateTimeOffset now)
    {
        var today = Today.On(now);
        return this with { Today = today with { Sends = today.Sends + 1, UnprovedSends = today.UnprovedSends + (owns ? 0 : 1) } };
    }

    /// <summary>The account after a wrong code.</summary>
    public Account Missed(MethodKind kind, DateTimeOffset now) =>
        this with { WrongCodes = WrongCodes.SetItem(kind, (WrongCodes.GetValueOrDefault(kind) ?? new(0, null)).And(now)) };

    /// <summary>The account after codes that nobody compared with anything; the very same where there were none.</summary>
    /// <param name="codes">How many.</param>
    public Account Unjudging(int codes) => codes > 0 ? this with { Unjudged = Unjudged + codes } : this;

    /// <summary>How many wrong codes were counted since it was another.</summary>
    /// <param name="before">The account as it was.</param>
    public int WrongSince(Account before) =>
        Enum.GetValues<MethodKind>().Count(k => WrongCodes.GetValueOrDefault(k)?.InARow > (before.WrongCodes.GetValueOrDefault(k)?.InARow ?? 0))
        + (RecoveryCodes?.Wrong?.InARow > (before.RecoveryCodes?.Wrong?.InARow ?? 0) ? 1 : 0)
        + (Bypass?.Wrong?.InARow > (before.Bypass?.Wrong?.InARow ?? 0) ? 1 : 0);

    /// <summary>The account after its user said of a sign-in that it wasn't theirs: the kind rests. The very same where it rests already.</summary>
    public Account Reported(MethodKind kind, AccountPolicy policy, DateTimeOffset now) =>
        PausedUntil.GetValueOrDefault(kind) > now ? this : this with { PausedUntil = PausedUntil.SetItem(kind, now + policy.FraudPause) };

    /// <summary>The account after the right proof: wrong codes of this kind are forgotten, and its number is new no more.</summary>
    public Account Proved(MethodKind kind, string? numberKey) => this with
    {
        WrongCodes = WrongCodes.Remove(kind),
        Today = numberKey is null ? Today : Today with { Numbers = Today.Numbers.Remove(numberKey) },
    };

    private AccountRefusal? Blocked => BlockedAt is null ? null : new(AccountFault.Blocked);

    private AccountRefusal? Paused(MethodKind kind, DateTimeOffset now) =>
        PausedUntil.TryGetValue(kind, out var until) && until > now ? new(AccountFault.MethodPaused, until) : null;
}
