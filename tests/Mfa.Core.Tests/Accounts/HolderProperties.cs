using System.Collections.Concurrent;
using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

/// <summary>Several holders of one account, whose events come in any order: each decides on the account as it is now.</summary>
public class HolderProperties
{
    private const int Runs = 10_000;

    [Fact]
    public void Counts_of_a_day_never_go_back_and_never_pass_their_limits() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        var (before, after, policy) = (step.Before.Today.On(step.Now), step.After.Today.On(step.Now), life.Policy);
        Assert.InRange(after.Opens, before.Opens, policy.OpensADay);
        // An admin's reset or bypass gives the sign-ins of the day back.
        var given = step.Move.What is AccountHappening.Reset or AccountHappening.Bypass ? before.Challenges : 0;
        Assert.InRange(after.Challenges, before.Challenges - given, policy.ChallengesADay);
        Assert.InRange(after.Contacts, before.Contacts, policy.ContactsADay);
        Assert.InRange(after.Sends, before.Sends, policy.SendsADay);
        Assert.InRange(after.UnprovedSends, before.UnprovedSends, policy.UnprovedSendsADay);
        Assert.InRange(after.Numbers.Length, 0, policy.NewNumbersADay);
        // Each change is one thing; and a number is new no more only once it is proved.
        Assert.InRange(after.Opens - before.Opens + after.Contacts - before.Contacts + after.Challenges - before.Challenges, -given, 1);
        Assert.InRange(after.Sends - before.Sends, 0, 1);
        Assert.Equal(step.Enrolls && step.HolderAfter!.NumberKey is { } number ? before.Numbers.Remove(number) : before.Numbers, after.Numbers[..^(after.Numbers.Length > before.Numbers.Length ? 1 : 0)]);
    }), iter: Runs);

    [Fact]
    public void Wrong_codes_in_a_row_are_each_counted_and_forgotten_only_by_a_proof_of_their_kind() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        var compared = step.Answer == Answer.WrongCode ? Judging.ComparedWith(step, life.Policy).ToArray() : [];
        foreach (var kind in Enum.GetValues<MethodKind>())
        {
            var before = step.Wrong(kind, before: true);
            var forgotten = step.Proves == kind || step.Move.What == AccountHappening.Reset
                || (step.Move.What == AccountHappening.Remove && step.Before.Methods.Any(m => m.Kind == kind) && !step.After.Methods.Any(m => m.Kind == kind));
            Assert.Equal(forgotten ? 0 : before + (compared.Contains(kind) ? 1 : 0), step.Wrong(kind, before: false));
        }
    }), iter: Runs);

    [Fact]
    public void A_method_appears_only_by_the_latest_of_its_kind_of_this_epoch_and_with_a_second_step_where_there_is_one() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        if (step.Enrolls)
        {
            var (holder, before) = ((Enrollment)step.HolderAfter!, step.Before);
            Assert.Equal((before.Epoch, holder.Id), (holder.Epoch, before.Latest[holder.Kind]));
            Assert.True(before.Methods.IsEmpty || holder.Verification!.StartedAt - holder.SecondStepAt <= life.Policy.SecondStepWithin);
            Assert.Equal((VerificationState.Verified, AccountHappening.Right), (holder.Verification!.State, step.Move.What));
            var method = Assert.Single(step.After.Methods, m => m.Id == holder.MethodId);
            Assert.Equal((holder.Kind, holder.Phone, step.Now), (method.Kind, method.Phone, method.VerifiedAt));
            // No other came or went, but those of a kind that was locked and is set up anew; and none is there twice.
            var anew = ((Enrollment)step.HolderBefore!).SetsUpAnew(before, life.Policy);
            Assert.Equal(before.Methods.Where(m => m.Id != method.Id && !(anew && m.Kind == holder.Kind)), step.After.Methods.Where(m => m.Id != method.Id));
            Assert.Equal(step.After.Methods.Length, step.After.Methods.DistinctBy(m => (m.Kind, m.Phone, m.SeedOf)).Count());
        }
        else if (step.Move.What == AccountHappening.Remove)
        {
            // One at most, and by a second step that is young.
            Assert.InRange(step.Before.Methods.Length - step.After.Methods.Length, 0, 1);
            Assert.Empty(step.After.Methods.Except(step.Before.Methods));
            Assert.True(step.Before.Methods.Length == step.After.Methods.Length || step is { Move.Detail: var detail, Before.BlockedAt: null } && detail % 10 > 1);
        }
        else if (step.Move.What == AccountHappening.Vouch)
        {
            // One at most, of a kind that there was not; nothing that was proved goes or changes.
            Assert.Equal(step.Before.Methods, step.After.Methods.Take(step.Before.Methods.Length));
            Assert.InRange(step.After.Methods.Length - step.Before.Methods.Length, 0, 1);
            Assert.All(step.After.Methods.Skip(step.Before.Methods.Length), m => Assert.True(m.VerifiedAt == step.Now && step.Before.BlockedAt is null && step.Before.Methods.All(n => n.Kind != m.Kind)));
        }
        else if (step.Move.What != AccountHappening.Reset)
        {
            // A code of an app marks its time step as used, a PIN is counted, and nothing else of a method changes.
            Assert.Equal(step.Before.Methods.Select(Unmarked), step.After.Methods.Select(Unmarked));
            var used = step.Before.Methods.Zip(step.After.Methods).Where(m => m.First.LastStep != m.Second.LastStep).ToArray();
            Assert.Equal(step is { Verifies: true, Challenge.ProvedHow: How.Code } ? 1 : 0, used.Length);
            Assert.All(used, m => Assert.False(m.Second.LastStep <= m.First.LastStep));
        }
    }), iter: Runs);

    [Fact]
    public void One_that_was_replaced_or_is_of_an_older_epoch_never_verifies_and_what_has_ended_stays() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        if (step is not { HolderBefore: { } before, HolderAfter: { } after })
        {
            return;
        }

        if (before.EndedAt is not null)
        {
            Assert.Equal(Ended(before), Ended(after));
            // A code that nobody compares is noted, for who may not know that nobody does.
            Assert.Equal(step.Before with { Unjudged = step.After.Unjudged }, step.After);
            Assert.InRange(step.After.Unjudged - step.Before.Unjudged, 0, step.Event is CodeGiven { CountsAnyway: true } ? 1 : 0);
        }
        else if (step.Before.Epoch != after.Epoch)
        {
            Assert.True(after is not (Enrollment { End: EnrollmentState.Verified } or Challenge { End: ChallengeState.Verified or ChallengeState.Satisfied }));
            AssertNothingComesOf(step);
        }
        else if (after is Enrollment enrollment && step.Before.Latest.GetValueOrDefault(after.Kind) != after.Id)
        {
            Assert.NotEqual(EnrollmentState.Verified, enrollment.End);
            AssertNothingComesOf(step);
        }
    }), iter: Runs);

    [Fact]
    public void A_reset_a_fraud_report_and_a_holder_change_nothing_but_their_own() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        var (before, after) = (step.Before, step.After);
        // What a device signs is believed at once.
        var signed = step is { Challenge.Verification: { State: VerificationState.FraudReported, How: How.Notification }, ChallengeBefore.EndedAt: null };
        var anew = step.Move.What == AccountHappening.Reset || ((signed || step.Move.What == AccountHappening.Block) && before.BlockedAt is null);
        Assert.Equal(anew ? before.Epoch + 1 : before.Epoch, after.Epoch);
        if (step.Move.What == AccountHappening.Reset)
        {
            Assert.True(after.PausedUntil.IsEmpty && after.Latest.IsEmpty && after.Methods.IsEmpty);
            return;
        }

        var kind = step.HolderAfter?.Kind ?? step.Move.Kind;
        var reported = step.HolderAfter?.Verification?.State == VerificationState.FraudReported && step.HolderBefore?.Verification?.State != VerificationState.FraudReported;
        var rests = reported && step.HolderBefore!.EndedAt is null ? before.PausedUntil.SetItem(kind, step.Now + life.Policy.FraudPause) : before.PausedUntil;
        Assert.True(Same(rests, after.PausedUntil));
        // Only opening and forgetting say which is the latest.
        Assert.True(step.Move.What is AccountHappening.Open or AccountHappening.Forget || Same(before.Latest, after.Latest));
    }), iter: Runs);

    [Fact]
    public void Lives_come_to_every_limit_and_every_end()
    {
        var seen = new ConcurrentDictionary<string, int>();
        void See(string what) => seen.AddOrUpdate(what, 1, (_, n) => n + 1);
        // More of them than elsewhere: some ends are rare.
        AccountLife.Any.Sample(
            life => life.Run(
                step =>
                {
                    if (step.HolderAfter?.EndedAt is not null && step.HolderBefore?.EndedAt is null)
                    {
                        See(Ended(step.HolderAfter).What);
                    }

                    See(step.After.Methods.Length > 2 ? "three methods" : "few");
                    See(step.After.Today.Opens > 0 && step.After.Today.Day > DateOnly.FromDateTime(Play.Noon.UtcDateTime) ? "another day" : "today");
                },
                why => See($"refused {why}")),
            iter: 3 * Runs);
        Assert.All(Expected(), what => Assert.True(seen.ContainsKey(what), what));
    }

    private static ContactMethod Unmarked(ContactMethod method) => method with { LastStep = null, Device = method.Device is { } device ? device with { WrongPins = 0 } : null };

    private static IEnumerable<string> Expected() =>
    [
        "Verified ", "Cancelled ", "Failed SecondStepRequired", "Failed AccountReset", "Failed Superseded", "three methods", "another day",
        "Failed ActivationFailed", "Verified Method Notification", "Verified Method Text", "Verified Method Call", "Verified Method Code", "Verified RecoveryCode", "Verified Bypass",
        "Satisfied NotRequired", "Satisfied Grace", "Satisfied RememberedBrowser", "Challenge Cancelled", "Denied ", "Denied WrongNumber", "Failed TooManyCodes", "Failed decoy",
        "Challenge Failed AccountReset", "Challenge Failed MethodGone", "Challenge Failed MethodLocked", "Challenge Failed MethodPaused",
        "refused gate Blocked", "refused gate EnrollmentRequired",
        // A life of a hundred moves sets up less than all methods; what failed is over; and app passwords are allowed in all lives.
        .. Enum.GetValues<AccountFault>().Where(f => f is not (AccountFault.MethodsLimit or AccountFault.ActivationFailed or AccountFault.AppPasswordsOff)).Select(f => $"refused {f}"),
    ];

    private static (string What, DateTimeOffset? At, string? MethodId) Ended(Holder holder) => (holder switch
    {
        Enrollment e => $"{e.End} {e.Fault}",
        Challenge { End: ChallengeState.Verified or ChallengeState.Satisfied } c => $"{c.End} {c.By} {c.ProvedHow}".TrimEnd(),
        Challenge { End: ChallengeState.Denied } c => $"Denied {c.Reason}",
        Challenge { End: ChallengeState.Cancelled } => "Challenge Cancelled",
        Challenge { IsDecoy: true, Fault: null, Reason: null } => "Failed decoy",
        Challenge { Fault: { } fault } => $"Challenge Failed {fault}",
        Challenge c => $"Failed {c.Reason}",
        _ => "",
    }, holder.EndedAt, (holder as Enrollment)?.MethodId);

    // Nobody is contacted; and the right proof ends it, and makes nothing of the account.
    private static void AssertNothingComesOf(AccountStep step)
    {
        Assert.Equal(step.HolderBefore!.Contacts, step.HolderAfter!.Contacts);
        if (step.HolderAfter.Verification?.State == VerificationState.Verified)
        {
            Assert.True(step.HolderAfter is Enrollment { End: EnrollmentState.Failed } or Challenge { End: ChallengeState.Failed });
            Assert.Same(step.Before, step.After);
        }
    }

    private static bool Same<T>(IReadOnlyDictionary<MethodKind, T> one, IReadOnlyDictionary<MethodKind, T> other) =>
        one.OrderBy(x => x.Key).SequenceEqual(other.OrderBy(x => x.Key));
}
