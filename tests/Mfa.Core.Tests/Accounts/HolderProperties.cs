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
        Assert.InRange(after.Contacts, before.Contacts, policy.ContactsADay);
        Assert.InRange(after.Sends, before.Sends, policy.SendsADay);
        Assert.InRange(after.UnprovedSends, before.UnprovedSends, policy.UnprovedSendsADay);
        Assert.InRange(after.Numbers.Length, 0, policy.NewNumbersADay);
        // Each change is one thing; and a number is new no more only once it is proved.
        Assert.InRange(after.Opens - before.Opens + after.Contacts - before.Contacts, 0, 1);
        Assert.InRange(after.Sends - before.Sends, 0, 1);
        Assert.Equal(IsSuccess(step) && step.HolderAfter!.NumberKey is { } number ? before.Numbers.Remove(number) : before.Numbers, after.Numbers[..^(after.Numbers.Length > before.Numbers.Length ? 1 : 0)]);
    }), iter: Runs);

    [Fact]
    public void Wrong_codes_in_a_row_are_each_counted_and_forgotten_only_by_a_proof_of_their_kind() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        foreach (var kind in Enum.GetValues<MethodKind>())
        {
            var mine = step.HolderAfter?.Kind == kind;
            var before = step.Before.WrongCodes.GetValueOrDefault(kind)?.InARow ?? 0;
            var expected = !mine ? before : IsSuccess(step) ? 0 : step.Answer == Answer.WrongCode ? before + 1 : before;
            Assert.Equal(expected, step.After.WrongCodes.GetValueOrDefault(kind)?.InARow ?? 0);
        }
    }), iter: Runs);

    [Fact]
    public void A_method_appears_only_by_the_latest_of_its_kind_of_this_epoch_and_with_a_second_step_where_there_is_one() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        if (IsSuccess(step))
        {
            var (holder, before) = (step.HolderAfter!, step.Before);
            Assert.Equal((before.Epoch, holder.Id), (holder.Epoch, before.Latest[holder.Kind]));
            Assert.True(before.Methods.IsEmpty || holder.Verification!.StartedAt - holder.SecondStepAt <= life.Policy.SecondStepWithin);
            Assert.Equal((VerificationState.Verified, AccountHappening.Right), (holder.Verification!.State, step.Move.What));
            var method = Assert.Single(step.After.Methods, m => m.Id == holder.MethodId);
            Assert.Equal((holder.Kind, holder.Phone, step.Now), (method.Kind, method.Phone, method.VerifiedAt));
            // No other came or went, but those of a kind that was locked and is set up anew; and none is there twice.
            var anew = step.HolderBefore!.SetsUpAnew(before, life.Policy);
            Assert.Equal(before.Methods.Where(m => m.Id != method.Id && !(anew && m.Kind == holder.Kind)), step.After.Methods.Where(m => m.Id != method.Id));
            Assert.Equal(step.After.Methods.Length, step.After.Methods.DistinctBy(m => (m.Kind, m.Phone, m.SeedOf)).Count());
        }
        else if (step.Move.What != AccountHappening.Reset)
        {
            Assert.Equal(step.Before.Methods, step.After.Methods);
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
            Assert.Equal((before.End, before.Fault, before.EndedAt, before.MethodId), (after.End, after.Fault, after.EndedAt, after.MethodId));
            Assert.Same(step.Before, step.After);
        }
        else if (step.Before.Epoch != after.Epoch || step.Before.Latest.GetValueOrDefault(after.Kind) != after.Id)
        {
            Assert.NotEqual(EnrollmentState.Verified, after.End);
            Assert.Equal(before.Contacts, after.Contacts);
            // The right proof ends it, and makes nothing of the account.
            if (after.Verification?.State == VerificationState.Verified)
            {
                Assert.Equal(EnrollmentState.Failed, after.End);
                Assert.Same(step.Before, step.After);
            }
        }
    }), iter: Runs);

    [Fact]
    public void A_reset_a_fraud_report_and_a_holder_change_nothing_but_their_own() => AccountLife.Any.Sample(life => life.Run(step =>
    {
        var (before, after) = (step.Before, step.After);
        Assert.Equal(step.Move.What == AccountHappening.Reset ? before.Epoch + 1 : before.Epoch, after.Epoch);
        var kind = step.HolderAfter?.Kind ?? step.Move.Kind;
        var reported = step.HolderAfter?.Verification?.State == VerificationState.FraudReported && step.HolderBefore?.Verification?.State != VerificationState.FraudReported;
        Assert.Equal(reported && step.HolderBefore!.EndedAt is null, !Same(before.PausedUntil, after.PausedUntil));
        Assert.True(Same(before.PausedUntil.Remove(kind), after.PausedUntil.Remove(kind)));
        // Only opening and forgetting say which is the latest.
        Assert.True(step.Move.What is AccountHappening.Open or AccountHappening.Forget || Same(before.Latest, after.Latest));
    }), iter: Runs);

    [Fact]
    public void Lives_come_to_every_limit_and_every_end()
    {
        var seen = new ConcurrentDictionary<string, int>();
        void See(string? what) => seen.AddOrUpdate(what ?? "", 1, (_, n) => n + 1);
        AccountLife.Any.Sample(
            life => life.Run(
                step =>
                {
                    See(step.HolderAfter?.EndedAt is not null && step.HolderBefore?.EndedAt is null ? $"{step.HolderAfter.End} {step.HolderAfter.Fault}" : null);
                    See(step.After.Methods.Length > 2 ? "three methods" : null);
                    See(step.After.Today.Opens > 0 && step.After.Today.Day > DateOnly.FromDateTime(Play.Noon.UtcDateTime) ? "another day" : null);
                },
                fault => See($"refused {fault}")),
            iter: Runs);
        Assert.All(Expected(), what => Assert.True(seen.ContainsKey(what), what));
    }

    private static IEnumerable<string> Expected() =>
    [
        "Verified ", "Cancelled ", "Failed SecondStepRequired", "Failed AccountReset", "Failed Superseded", "three methods", "another day",
        // The others are refused by what a life of holders alone doesn't come to.
        .. Enum.GetValues<AccountFault>().Where(f => f is not (AccountFault.MethodsLimit or AccountFault.Blocked or AccountFault.ChallengesLimit or AccountFault.MethodGone or AccountFault.SecondStepUsed or AccountFault.LastMethod or AccountFault.NoMethod)).Select(f => $"refused {f}"),
    ];

    private static bool IsSuccess(AccountStep step) => step.HolderAfter?.End == EnrollmentState.Verified && step.HolderBefore?.End is null;

    private static bool Same<T>(IReadOnlyDictionary<MethodKind, T> one, IReadOnlyDictionary<MethodKind, T> other) =>
        one.OrderBy(x => x.Key).SequenceEqual(other.OrderBy(x => x.Key));
}
