using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

/// <summary>Many challenges of one account, whose events come in any order while its methods come and go.</summary>
public class ChallengeProperties
{
    private const int Runs = 10_000;

    [Fact]
    public void A_challenge_verifies_only_by_a_proof_that_its_account_has_at_that_moment() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        if (!step.Verifies)
        {
            return;
        }

        var (before, challenge, account) = (step.ChallengeBefore!, step.Challenge!, step.Before);
        Assert.Equal((account.Epoch, false, null), (challenge.Epoch, challenge.IsDecoy, account.BlockedAt));
        // But for a bypass of two uses, what a wrong move gives is right no more.
        Assert.True(step.Move.What == AccountHappening.Right || challenge.By == ProofKind.Bypass);
        Assert.True(step.Now < before.ExpiresAt || (before.Verification is { IsFinal: false } v && step.Now < Play.TimeIsUp(v)));
        switch (challenge.By)
        {
            case ProofKind.RecoveryCode:
                var code = Assert.IsType<CodeGiven>(step.Event).RecoveryHash!;
                Assert.Contains(code, account.RecoveryCodes!.Hashes);
                Assert.Equal(account.RecoveryCodes.Hashes.Remove(code), step.After.RecoveryCodes!.Hashes);
                break;
            case ProofKind.Bypass:
                Assert.Equal(account.Bypass!.Hash, Assert.IsType<CodeGiven>(step.Event).BypassHash);
                Assert.True(step.Now < account.Bypass.ExpiresAt);
                Assert.Equal(account.Bypass.UsesLeft - 1, step.After.Bypass?.UsesLeft ?? 0);
                break;
            case ProofKind.Method:
                Assert.True(ChallengeProofs.IsRight(step));
                break;
            default:
                Assert.Fail($"{challenge.By} proves nothing.");
                break;
        }
    }), iter: Runs);

    [Fact]
    public void A_recovery_code_or_a_bypass_never_proves_more_often_than_it_may() => AccountLife.Any.Sample(life =>
    {
        var used = new Dictionary<string, int>();
        life.Run(step =>
        {
            if (step is { Verifies: true, Challenge: { By: ProofKind.RecoveryCode or ProofKind.Bypass } challenge })
            {
                used[challenge.SpentHash!] = used.GetValueOrDefault(challenge.SpentHash!) + 1;
                Assert.InRange(used[challenge.SpentHash!], 1, challenge.By == ProofKind.Bypass ? 2 : 1);
            }
        });
    }, iter: Runs);

    [Fact]
    public void A_challenge_is_satisfied_only_while_its_reason_holds() => AccountLife.Any.Sample(life =>
    {
        var browsers = new Dictionary<string, Remembered>();
        life.Run(step =>
        {
            if (step is { Verifies: true, Challenge: { Remember: true, Browser: { } browser, Client: { } client } })
            {
                browsers[browser.Id] = new(client, step.Before.Epoch, step.Now + life.Policy.RememberFor, browser.Hash);
            }

            var counts = step.Shown is { } shown && browsers.TryGetValue(shown.Id, out var known) && known.Counts(shown, step, life.Policy);
            if (step.Challenge?.End != ChallengeState.Satisfied || step.HolderBefore is not null)
            {
                return;
            }

            var account = step.Before;
            var empty = account is { BlockedAt: null, Methods.IsEmpty: true } && !(step.Now < account.Bypass?.ExpiresAt);
            Assert.True(step.Challenge.By switch
            {
                ProofKind.NotRequired => empty && !account.Required && (account.IsKnown || life.Policy.UnknownUsersPass),
                ProofKind.Grace => empty && account.Required && step.Now < account.GraceUntil,
                ProofKind.RememberedBrowser => counts && account.BlockedAt is null,
                _ => false,
            });
        });
    }, iter: Runs);

    [Fact]
    public void No_code_is_judged_while_its_kind_waits_is_off_or_rests_or_the_account_is_blocked() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        bool IsFree(MethodKind kind) => Judging.IsFree(step.Before, kind, life.Policy, step.Now)
            || (step.HolderBefore is Enrollment e && e.SetsUpAnew(step.Before, life.Policy) && step.Now >= step.Before.WrongCodes[kind].LastAt + Judging.Wait(step.Wrong(kind, before: true), life.Policy));
        var isBlocked = step.Before.BlockedAt is not null && step.ChallengeBefore?.IsDecoy != true;
        foreach (var kind in Enum.GetValues<MethodKind>())
        {
            var isJudged = step.Wrong(kind, before: false) > step.Wrong(kind, before: true) || (step.Proves == kind && step.Event is CodeGiven or CodeTyped);
            Assert.True(!isJudged || (IsFree(kind) && !isBlocked));
        }

        AssertPaper(step.Before.RecoveryCodes?.Wrong, step.After.RecoveryCodes?.Wrong, step is { Verifies: true, Challenge.By: ProofKind.RecoveryCode });
        AssertPaper(step.Before.Bypass?.Wrong, step.After.Bypass?.Wrong, step is { Verifies: true, Challenge.By: ProofKind.Bypass });
        if (step.Refusal is not null && step.Answer is Answer.Ignored or Answer.NotThisWay)
        {
            Assert.Same(step.HolderBefore, step.HolderAfter);
            Assert.Same(step.Before, step.After);
        }

        // A call or a reply is no guess, and needs not wait; what is off or rests proves nothing all the same.
        if (step.Verifies && step.Proves is { } proved)
        {
            Assert.False(step.Before.IsLocked(proved, life.Policy) || step.Now < step.Before.PausedUntil.GetValueOrDefault(proved));
        }

        void AssertPaper(WrongCodes? before, WrongCodes? after, bool proves) =>
            Assert.True(!(proves || (step.Event is not null && after?.InARow > (before?.InARow ?? 0))) || (Judging.IsFree(before, life.Policy, step.Now) && !isBlocked));
    }), iter: Runs);

    [Fact]
    public void However_many_are_open_wrong_codes_in_a_row_are_as_many_as_the_policy_has_before_each_wait() => AccountLife.Any.Sample(life =>
    {
        // Counted here by what was answered, not by the account.
        var misses = new Dictionary<MethodKind, (int InARow, DateTimeOffset LastAt)>();
        life.Run(step =>
        {
            if (step.Move.What is AccountHappening.Reset)
            {
                misses.Clear();
            }

            foreach (var gone in misses.Keys.Where(kind => step.Proves == kind || (step.Move.What == AccountHappening.Remove && step.Wrong(kind, before: false) == 0)).ToArray())
            {
                misses.Remove(gone);
            }

            foreach (var kind in step.Answer == Answer.WrongCode ? Judging.ComparedWith(step, life.Policy) : [])
            {
                var (inARow, lastAt) = misses.GetValueOrDefault(kind);
                Assert.True(inARow < life.Policy.FailuresBeforeWait || step.Now >= lastAt + Judging.Wait(inARow, life.Policy));
                // Only setting a kind that is off up anew goes on, and waits as long.
                Assert.True(inARow < life.Policy.FailuresBeforeLock || step.HolderBefore is Enrollment { SecondStepAt: not null });
                misses[kind] = (inARow + 1, step.Now);
            }
        });
    }, iter: Runs);

    // A browser whose token was given out, and the tokens that were shown.
    private sealed record Remembered(string Client, int Epoch, DateTimeOffset ExpiresAt, string First)
    {
        private readonly Dictionary<string, DateTimeOffset> _shown = [];

        public bool Counts(ShownToken shown, AccountStep step, AccountPolicy policy)
        {
            var isGiven = shown.Hash == First || _shown.Keys.Any(hash => AccountPlay.NextToken(hash) == shown.Hash);
            var isFresh = !_shown.TryGetValue(shown.Hash, out var at) || step.Now - at <= policy.BrowserOnceWithin;
            var counts = shown.Client == Client && step.Before.Epoch == Epoch && step.Now < ExpiresAt && isGiven && isFresh;
            if (counts)
            {
                _shown.TryAdd(shown.Hash, step.Now);
            }

            return counts;
        }
    }
}
