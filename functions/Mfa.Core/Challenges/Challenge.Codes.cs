namespace Mfa.Core;

public partial record Challenge
{
    /// <summary>What an event makes of it; a code that was given is compared with all that its form can be.</summary>
    public override Taken Take(VerificationEvent e, Account account, AccountPolicy policy, DateTimeOffset now) =>
        e is not CodeGiven given ? base.Take(e, account, policy, now)
        : given.CountsAnyway ? Hiding(given, Given(given, account, policy, now), account, policy, now)
        : Given(given, account, policy, now);

    // What the account makes of a code is not told: it is right, or one wrong code more, and as much is saved of it as if all had been compared.
    private Taken Hiding(CodeGiven given, Taken taken, Account account, AccountPolicy policy, DateTimeOffset now)
    {
        var hidden = taken switch
        {
            { Refusal: not null } => Wrong(new(this, account, [], Answer.WrongCode), policy, now),
            { Answer: Answer.Over, Holder: Challenge over } when over.LooksOpenAt(policy, now) =>
                taken with { Holder = over with { WrongCodes = over.WrongCodes + 1 }, Answer = Answer.WrongCode },
            _ => taken,
        };
        return hidden.Answer == Answer.WrongCode ? hidden with { Account = hidden.Account.Unjudging(Compares(given) - hidden.Account.WrongSince(account)) } : hidden;
    }

    // With how much a code is compared, as far as can be seen.
    private int Compares(CodeGiven given) =>
        given.Form == GivenForm.Digits && Verification is { IsFinal: false, How: How.Text } && !given.Seeds.IsEmpty ? 2 : 1;

    private Taken Given(CodeGiven given, Account account, AccountPolicy policy, DateTimeOffset now) =>
        !IsOpenAt(now) ? Again(given, account, policy, now)
        : account.BlockedAt is not null && !IsDecoy ? new(this, account, [], Answer.Ignored, new(AccountFault.Blocked))
        : account.Epoch != Epoch ? Off(Ended(ChallengeState.Failed, now) with { Fault = AccountFault.AccountReset }, account, Answer.Over, now)
        : given.Form switch
        {
            GivenForm.Recovery => Recovered(given, account, policy, now),
            GivenForm.Bypass => Bypassed(given, account, policy, now),
            _ => Typed(given, account, policy, now),
        };

    // A texted code, if one was sent, and those of the account's authenticators: a miss counts for each kind that it was compared with.
    private Taken Typed(CodeGiven given, Account account, AccountPolicy policy, DateTimeOffset now)
    {
        var missed = new Taken(this, account, [], Answer.NotThisWay);
        if (Verification is { IsFinal: false, How: How.Text })
        {
            missed = (this with { Remember = Remembers(given) }).Take(new CodeTyped(given.Digits!, given.Key), account, policy, now);
            if (missed.Answer == Answer.Taken)
            {
                return missed;
            }

            // A wrong code asks for nothing.
            missed = missed with { Holder = (Challenge)missed.Holder with { Remember = Remember } };
        }

        if (!given.Seeds.IsEmpty)
        {
            if (MayProve(MethodKind.MobileApp, account, policy, now) is { } refusal)
            {
                missed = missed.Answer == Answer.WrongCode ? missed : missed with { Refusal = missed.Refusal ?? refusal };
            }
            else if (Accepted(given, missed.Account, now) is { } accepted)
            {
                var used = account with { Methods = account.Methods.Replace(accepted.Method, accepted.Method with { LastStep = accepted.Step }) };
                return Off((this with { AcceptedStep = accepted.Step, Remember = Remembers(given) }).Done(ProofKind.Method, How.Code, now), used.Proved(MethodKind.MobileApp, null), policy, now);
            }
            else
            {
                missed = missed with { Account = missed.Account.Missed(MethodKind.MobileApp, now), Answer = Answer.WrongCode, Refusal = null };
            }
        }

        if (given.CountsAnyway && missed is { Answer: Answer.NotThisWay or Answer.Over, Refusal: null })
        {
            missed = missed with { Answer = Answer.WrongCode };
        }

        return missed.Answer == Answer.WrongCode ? Wrong(missed, policy, now) : missed with { Holder = Unproved(missed) };
    }

    private Taken Recovered(CodeGiven given, Account account, AccountPolicy policy, DateTimeOffset now)
    {
        if (IsDecoy || account.RecoveryCodes is not { } codes)
        {
            return Wrong(new(this, account, [], Answer.WrongCode), policy, now);
        }

        return codes.Wrong?.Refusal(policy, now) is { } refusal ? new(this, account, [], Answer.Ignored, refusal)
            : given.RecoveryHash is { } hash && codes.Hashes.Contains(hash)
                ? Spent(given, ProofKind.RecoveryCode, hash, codes.Form, account with { RecoveryCodes = codes with { Hashes = codes.Hashes.Remove(hash), Wrong = null } }, policy, now)
            : Wrong(new(this, account with { RecoveryCodes = codes with { Wrong = (codes.Wrong ?? new(0, null)).And(now) } }, [], Answer.WrongCode), policy, now);
    }

    private Taken Bypassed(CodeGiven given, Account account, AccountPolicy policy, DateTimeOffset now)
    {
        if (IsDecoy || account.Bypass is not { } bypass || bypass.ExpiresAt <= now)
        {
            return Wrong(new(this, account, [], Answer.WrongCode), policy, now);
        }

        return bypass.Wrong?.Refusal(policy, now) is { } refusal ? new(this, account, [], Answer.Ignored, refusal)
            : given.BypassHash == bypass.Hash
                ? Spent(given, ProofKind.Bypass, bypass.Hash, bypass.Form, account with { Bypass = bypass.UsesLeft > 1 ? bypass with { UsesLeft = bypass.UsesLeft - 1, Wrong = null } : null }, policy, now)
            : Wrong(new(this, account with { Bypass = bypass with { Wrong = (bypass.Wrong ?? new(0, null)).And(now) } }, [], Answer.WrongCode), policy, now);
    }

    private Taken Spent(CodeGiven given, ProofKind by, string hash, HashForm form, Account account, AccountPolicy policy, DateTimeOffset now) =>
        // An admin's code is for once: it makes no browser trusted.
        Off((this with { SpentHash = hash, SpentForm = form, Remember = by == ProofKind.RecoveryCode && Remembers(given) }).Done(by, null, now), account, policy, now);

    // That the browser be remembered was wished for with the right code, and this was none.
    private Challenge Unproved(Taken missed) =>
        ReferenceEquals(missed.Holder.Verification, Verification) ? this : (Challenge)missed.Holder with { Remember = Remember };

    private Taken Wrong(Taken missed, AccountPolicy policy, DateTimeOffset now)
    {
        var challenge = Unproved(missed);
        var counted = challenge with { WrongCodes = challenge.WrongCodes + 1 };
        if (counted.WrongCodes < policy.ChallengeWrongCodes)
        {
            return missed with { Holder = counted };
        }

        var off = Off(counted.Ended(ChallengeState.Failed, now) with { Reason = Core.Reason.TooManyCodes }, missed.Account, Answer.WrongCode, now);
        return off with { Effects = missed.Effects.AddRange(off.Effects) };
    }

    /// <summary>It, ended without the right proof: whoever had one code has no other.</summary>
    public Challenge WithoutProof(DateTimeOffset now) => Ended(ChallengeState.Failed, now) with { Reason = Core.Reason.TooManyCodes };

    // The right code again: the answer to the first one was lost. Whoever guesses at it has no more tries than before the end.
    private Taken Again(CodeGiven given, Account account, AccountPolicy policy, DateTimeOffset now)
    {
        var over = new Taken(this, account, [], Answer.Over);
        return End != ChallengeState.Verified || WrongCodes >= policy.ChallengeWrongCodes ? over
            : IsSame(given, now) ? over with { Answer = Answer.Taken }
            : over with { Holder = this with { WrongCodes = WrongCodes + 1 } };
    }

    private bool IsSame(CodeGiven given, DateTimeOffset now) => given.Form switch
    {
        GivenForm.Recovery => By == ProofKind.RecoveryCode && SpentHash == given.RecoveryHash,
        GivenForm.Bypass => By == ProofKind.Bypass && SpentHash == given.BypassHash,
        _ when AcceptedStep is { } step => given.Seeds.Values.Any(seed => Totp.IsCodeOf(seed, given.Digits!, step)),
        _ => Verification is { How: How.Text } text && Verification.Step(text, new CodeTyped(given.Digits!, given.Key), now).Answer == Answer.Taken,
    };

    private bool Remembers(CodeGiven given) => Remember || (given.Remember && Browser is not null);

    private static (ContactMethod Method, long Step)? Accepted(CodeGiven given, Account account, DateTimeOffset now)
    {
        foreach (var method in account.Methods)
        {
            if (given.Seeds.TryGetValue(method.Id, out var seed) && Totp.AcceptedStep(seed, given.Digits!, now, method.LastStep) is { } step)
            {
                return (method, step);
            }
        }

        return null;
    }

    // The challenge ends: what still runs in it is called off.
    private static Taken Off(Challenge ended, Account account, AccountPolicy policy, DateTimeOffset now) =>
        Off(ended, ended.Remembered(account, policy, now), Answer.Taken, now);

    private static Taken Off(Challenge ended, Account account, Answer answer, DateTimeOffset now)
    {
        if (ended.Verification is not { IsFinal: false } running)
        {
            return new(ended, account, [], answer);
        }

        var stepped = Verification.Step(running, new CancelAsked(), now);
        return new(ended with { Verification = stepped.Next }, account, stepped.Effects, answer);
    }
}
