using Mfa.Web;

namespace Mfa.Local.Tests;

public sealed class ClockTurnTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly ClockMessage s_own = new("v1", IsExtra: false);
    private static readonly ClockMessage s_extra = new("v1", IsExtra: true);

    [Fact]
    public void A_verification_that_is_over_ends_its_message() => Assert.True(After(null).IsOver);

    [Theory]
    [InlineData(600, 60)]
    [InlineData(60, 60)]
    [InlineData(59.9, 59)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    public void A_message_is_hidden_for_whole_seconds_and_a_minute_at_the_most(double wait, int hide) =>
        Assert.Equal(new ClockTurn(false, TimeSpan.FromSeconds(hide), default), After(wait));

    [Fact]
    public void Less_than_a_second_is_waited_out() => Assert.Equal(TimeSpan.FromMilliseconds(300), After(0.3).Stay);

    [Theory]
    [InlineData(600, 600)]
    [InlineData(7200, 3600)]
    [InlineData(30, 30)]
    public void Where_nothing_becomes_due_before_the_deadline_no_look_is_taken_before(double wait, int hide) =>
        Assert.Equal(new ClockTurn(false, TimeSpan.FromSeconds(hide), default), After(wait, notBefore: true));

    [Theory]
    [InlineData(600, true, true)]
    [InlineData(30, true, true)]
    [InlineData(600, false, false)]
    [InlineData(30, false, false)]
    public void An_extra_message_ends_when_nothing_becomes_due_before_the_deadline(double wait, bool notBefore, bool over) =>
        Assert.Equal(over, After(wait, s_extra, notBefore).IsOver);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void A_missing_verification_is_looked_for_three_times(long looks, bool over)
    {
        var turn = ClockTurn.After(new Advanced(Found: false, WakeAt: null), s_own, looks, s_now, ClockPace.Usual.LooksEvery);
        Assert.Equal((over, over ? 0 : 5), (turn.IsOver, (int)turn.Hide.TotalSeconds));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 15)]
    [InlineData(long.MaxValue, 60)]
    public void Faults_space_the_looks_out(long looks, int hide) => Assert.Equal(TimeSpan.FromSeconds(hide), ClockTurn.AfterFault(looks, ClockPace.Usual.LooksEvery).Hide);

    [Theory]
    [InlineData("abc-1.2")]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("{\"id\":1}")]
    [InlineData("ab c")]
    [InlineData(null)]
    public void What_is_no_id_is_no_message(string? body) => Assert.False(ClockMessage.TryParse(body, out _));

    [Theory]
    [InlineData("abc-1", false)]
    [InlineData("+abc-1", true)]
    public void A_message_reads_as_it_was_written(string body, bool extra)
    {
        Assert.True(ClockMessage.TryParse(body, out var message));
        Assert.Equal(("abc-1", extra, body), (message.VerificationId, message.IsExtra, message.ToString()));
    }

    private static ClockTurn After(double? wait, ClockMessage? message = null, bool notBefore = false) =>
        ClockTurn.After(new(Found: true, wait is { } seconds ? s_now.AddSeconds(seconds) : null, notBefore), message ?? s_own, 1, s_now, ClockPace.Usual.LooksEvery);
}
