using System.Text.Json;
using Xunit;

namespace Mfa.Core.Tests;

/// <summary>What a sign-in needs, and what a challenge is before anybody is asked.</summary>
public class ChallengeBeginTests
{
    private static readonly DateTimeOffset s_now = Play.Noon;
    private static readonly AccountPolicy s_policy = new();

    [Fact]
    public void A_blocked_account_is_asked_nothing_whatever_it_has() =>
        Assert.Equal(Gate.Blocked, (Challenging.Alice() with { BlockedAt = s_now }).GateAt(s_policy, s_now));

    [Fact]
    public void Whoever_has_anything_to_prove_with_is_asked_required_or_not()
    {
        var bare = Bare();
        var alice = Challenging.Alice();
        Assert.Equal(Gate.Ask, (bare with { Methods = alice.Methods }).GateAt(s_policy, s_now));
        Assert.Equal(Gate.Ask, (bare with { RecoveryCodes = alice.RecoveryCodes }).GateAt(s_policy, s_now));
        var bypass = bare with { Bypass = alice.Bypass };
        Assert.Equal((Gate.Ask, Gate.NotRequired), (bypass.GateAt(s_policy, s_now.AddMinutes(10).AddTicks(-1)), bypass.GateAt(s_policy, s_now.AddMinutes(10))));
        Assert.Equal(Gate.NotRequired, (bare with { RecoveryCodes = alice.RecoveryCodes! with { Hashes = [] } }).GateAt(s_policy, s_now));
    }

    [Fact]
    public void Of_whom_nobody_told_passes_only_where_the_policy_says_so()
    {
        var unknown = Bare() with { IsKnown = false };
        Assert.Equal((Gate.EnrollmentRequired, Gate.NotRequired), (unknown.GateAt(s_policy, s_now), unknown.GateAt(s_policy with { UnknownUsersPass = true }, s_now)));
        // Grace is for those of whom it is required.
        Assert.Equal(Gate.EnrollmentRequired, (unknown with { GraceUntil = s_now.AddDays(1) }).GateAt(s_policy, s_now));
    }

    [Fact]
    public void Whoever_is_required_and_has_nothing_has_the_grace_to_set_it_up()
    {
        var required = Bare() with { Required = true };
        Assert.Equal(Gate.EnrollmentRequired, required.GateAt(s_policy, s_now));
        var grace = required with { GraceUntil = s_now };
        Assert.Equal((Gate.Grace, Gate.EnrollmentRequired), (grace.GateAt(s_policy, s_now.AddTicks(-1)), grace.GateAt(s_policy, s_now)));
    }

    [Theory]
    [InlineData(ProofKind.NotRequired), InlineData(ProofKind.Grace), InlineData(ProofKind.RememberedBrowser)]
    public void Satisfied_it_is_over_and_no_code_is_right(ProofKind by)
    {
        var c = new Challenging();
        c.Current = c.Current.Satisfied(by, c.Now);
        c.Is(ChallengeState.Satisfied, by);
        Assert.Equal(("c", c.Now), (c.Current.ProvedBy, c.Current.EndedAt));
        Assert.Equal((Answer.Over, Answer.Over), (c.Give(c.AppCode()), c.GiveRecovery("r1")));
        c.Is(ChallengeState.Satisfied, by);
    }

    [Fact]
    public void Until_it_is_proved_it_proves_nothing()
    {
        var c = Challenging.Texted().Is(ChallengeState.Open);
        Assert.Null(c.Current.ProvedBy);
        Assert.Equal(c.Now.AddMinutes(10), c.Current.ExpiresAt);
        Assert.Equal(Answer.NotContacted, new Challenging().Take(new Woke()));
    }

    [Fact]
    public void What_is_agreed_to_is_said()
    {
        var context = new ChallengeContext("Pay", [new("amount", "€ 50"), new("to", "Bob")], "hash");
        Assert.Equal("Pay: amount € 50, to Bob", new Challenging(Challenging.Request() with { Context = context }).Current.Says);
        Assert.Equal("Pay", (context with { Details = [] }).Said);
        Assert.Null(new Challenging().Current.Says);
    }

    [Fact]
    public void Its_row_holds_what_it_is_and_nothing_that_follows_from_it()
    {
        var c = Challenging.Texted();
        c.Current = c.Current with { Context = new("Pay", [new("amount", "50")], "hash") };
        c.Give(c.Code(), remember: true);
        var json = JsonSerializer.Serialize(c.Current, StateJson.Default.Challenge);
        var read = JsonSerializer.Deserialize(json, StateJson.Default.Challenge)!;
        Assert.Equal(json, JsonSerializer.Serialize(read, StateJson.Default.Challenge));
        Assert.Equal((ChallengeState.Verified, c.Current.Context.Said), (read.StateAt(c.Now), read.Says));
        Assert.All(new[] { "provedBy", "says", "said", "reachesNobody" }, derived => Assert.DoesNotContain($"\"{derived}\"", json, StringComparison.Ordinal));
    }

    private static Account Bare() => new() { Key = "a", Tenant = "contoso", User = "alice", IsKnown = true };
}
