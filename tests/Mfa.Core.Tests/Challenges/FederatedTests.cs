using Xunit;

namespace Mfa.Core.Tests;

/// <summary>A challenge that was asked for by a standard's names: when it ends, and what may be set up in it.</summary>
public sealed class FederatedTests
{
    private static readonly TimeSpan s_lives = TimeSpan.FromSeconds(270);
    private static readonly FederatedRequest s_asked = new(FederatedProtocol.ExternalMfa) { SetsUp = true };
    private static readonly Account s_bare = Challenging.Alice() with { Methods = [], RecoveryCodes = null, Bypass = null };
    private static readonly ContactMethod s_phone = Enrolling.Method("new", phone: Enrolling.Phone());

    [Fact]
    public void Nothing_in_it_outlives_it_however_late_it_was_begun()
    {
        var challenge = Begin();
        Assert.Equal((Play.Noon + s_lives, Play.Noon + s_lives), (challenge.ExpiresAt, challenge.EndsBy));
        foreach (var late in new[] { TimeSpan.Zero, TimeSpan.FromMinutes(4) })
        {
            var rules = new VerificationPolicy().EndingBy(challenge.EndsBy, Play.Noon + late);
            Assert.Equal((s_lives - late, TimeSpan.Zero), (rules.Lifetime, rules.CallGrace));
            Assert.True(rules.NotificationLifetime <= s_lives - late);
        }

        var usual = new VerificationPolicy();
        Assert.Same(usual, usual.EndingBy(new Challenging().Current.EndsBy, Play.Noon));
    }

    [Fact]
    public void It_lives_no_longer_than_the_policy_says() =>
        Assert.Equal(Play.Noon + Challenging.Policy.ChallengeLifetime, Begin(Challenging.Policy.ChallengeLifetime * 2).ExpiresAt);

    [Fact]
    public void A_method_that_the_account_has_of_it_proves_it() =>
        Assert.Equal((ChallengeState.Verified, ProofKind.Method, How.Text), Proved(SetUp()) is { End: { } end, By: { } by, ProvedHow: { } how } ? (end, by, how) : default);

    [Theory]
    [InlineData("failed")]
    [InlineData("another session")]
    [InlineData("another epoch")]
    [InlineData("reset since")]
    [InlineData("blocked since")]
    [InlineData("removed since")]
    [InlineData("over")]
    [InlineData("not allowed")]
    public void Nothing_else_does(string what)
    {
        var setUp = what switch
        {
            "failed" => SetUp() with { End = EnrollmentState.Failed },
            "another session" => SetUp() with { Session = "front-end" },
            "another epoch" => SetUp() with { Epoch = 7 },
            _ => SetUp(),
        };
        var account = s_bare with { Methods = what == "removed since" ? [] : [s_phone], Epoch = what == "reset since" ? 1 : 0, BlockedAt = what == "blocked since" ? Play.Noon : null };
        var challenge = what == "not allowed" ? Begin(asked: s_asked with { SetsUp = false }) : Begin();
        Assert.Same(challenge, challenge.ProvedBySetUp(setUp, account, what == "over" ? Play.Noon + s_lives : Play.Noon.AddMinutes(1)));
    }

    [Theory]
    [InlineData(FirstStep.Unknown, true, false)]
    [InlineData(FirstStep.Told, true, true)]
    [InlineData(FirstStep.Told, false, false)]
    [InlineData(FirstStep.Proved, false, true)]
    public void Who_is_known_or_proved_their_first_step_may_set_the_first_method_up(FirstStep first, bool isKnown, bool may)
    {
        var account = s_bare with { IsKnown = isKnown };
        Assert.Equal(may, account.MaySetUpOnTheWay(first, Challenging.Policy, Play.Noon));
        Assert.False((account with { BlockedAt = Play.Noon }).MaySetUpOnTheWay(first, Challenging.Policy, Play.Noon));
        Assert.False((account with { Methods = [s_phone] }).MaySetUpOnTheWay(first, Challenging.Policy, Play.Noon));
        Assert.False((account with { Bypass = Challenging.Alice().Bypass }).MaySetUpOnTheWay(first, Challenging.Policy, Play.Noon));
    }

    [Fact]
    public void Each_who_asks_has_a_days_count_of_their_own()
    {
        var policy = Challenging.Policy with { ChallengesADay = 1, OwnChallengesADay = 1 };
        foreach (var by in Enum.GetValues<ChallengedBy>())
        {
            var once = Challenging.Alice().Challenged(by, Play.Noon);
            Assert.Equal([by], Enum.GetValues<ChallengedBy>().Where(other => once.MayChallenge(other, policy, Play.Noon) is not null));
        }
    }

    private static Challenge Begin(TimeSpan? lives = null, FederatedRequest? asked = null) =>
        Challenge.Begin(s_bare, Challenging.Request() with { Browser = null, Federated = asked ?? s_asked, Lifetime = lives ?? s_lives }, Challenging.Policy, Play.Noon).Challenge!;

    private static Challenge Proved(Enrollment setUp) => Begin().ProvedBySetUp(setUp, s_bare with { Methods = [s_phone] }, Play.Noon.AddMinutes(1));

    private static Enrollment SetUp() => new()
    {
        Id = "e",
        NewMethodId = s_phone.Id,
        MethodId = s_phone.Id,
        Epoch = 0,
        Kind = MethodKind.AuthenticationPhone,
        How = How.Text,
        SealedSecret = "sealed",
        Session = "c",
        Culture = "en",
        CreatedAt = Play.Noon,
        ExpiresAt = Play.Noon.AddMinutes(10),
        EndedAt = Play.Noon,
        End = EnrollmentState.Verified,
    };
}
