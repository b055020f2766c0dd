using Xunit;

namespace Mfa.Core.Tests;

public partial class NumberRecordTests
{
    [Fact]
    public void A_reply_is_found_by_its_code_until_its_verification_ends()
    {
        var record = Reserved(Reserved(new(), Send("v/1", s_noon), Reply("v", "h1")), Send("w/1", s_noon), Reply("w", "h2"));
        Assert.Equal("v", Find(record, "h1", s_noon));
        Assert.Equal("w", Find(record, "h2", s_noon.AddMinutes(10).AddTicks(-1)));
        Assert.Null(Find(record, "h2", s_noon.AddMinutes(10)));
        Assert.Null(Find(record, "h3", s_noon));
        Assert.Null(Find(record.Settle("v", giveBack: false), "h1", s_noon));
    }

    [Fact]
    public void Five_wrong_replies_close_replies_to_what_is_open_and_another_text_does_not_open_them_again()
    {
        var record = Reserved(new(), Send("v/1", s_noon), Reply("v", "h1"));
        for (var wrong = 0; wrong < 4; wrong++)
        {
            record = record.Replied("no", $"event-{wrong}", 5, s_noon).Next;
            // Told twice, it counts once.
            Assert.Same(record, record.Replied("no", $"event-{wrong}", 5, s_noon).Next);
        }

        record = Reserved(record, Send("w/1", s_noon), Reply("w", "h2"));
        Assert.Equal("v", Find(record, "h1", s_noon));
        record = record.Replied("no", "event-4", 5, s_noon).Next;
        Assert.Null(Find(record, "h1", s_noon));
        Assert.Equal("w", Find(record, "h2", s_noon));
        record = Reserved(record, Send("v/2", s_noon), Reply("v", "h1", "h3"));
        Assert.Null(Find(record, "h3", s_noon));
    }

    [Fact]
    public void Another_text_of_a_verification_takes_the_place_of_its_first()
    {
        var record = Reserved(Reserved(new(), Send("v/1", s_noon), Reply("v", "h1")), Send("v/2", s_noon), Reply("v", "h1", "h2"));
        Assert.Equal(["h1", "h2"], Assert.Single(record.Open).Codes);
    }

    [Fact]
    public void Five_verifications_of_a_number_can_be_answered_by_a_reply_and_the_newest_stay()
    {
        var record = new NumberRecord();
        for (var i = 0; i < 7; i++)
        {
            record = Reserved(record, Send($"v{i}/1", s_noon, $"owner-{i}", proved: true), Reply($"v{i}", $"h{i}"));
        }

        Assert.Equal(["v2", "v3", "v4", "v5", "v6"], record.Open.Select(r => r.VerificationId));
    }

    private static string? Find(NumberRecord record, string hash, DateTimeOffset now) => record.Replied(hash, "look", 5, now).VerificationId;

    [Fact]
    public void A_STOP_or_START_that_is_told_again_changes_nothing()
    {
        var stopped = new NumberRecord().Wants(stop: false, "start-1").Wants(stop: true, "stop-1");
        Assert.True(stopped.OptedOut);
        Assert.Same(stopped, stopped.Wants(stop: false, "start-1"));
        var started = stopped.Wants(stop: false, "start-2");
        Assert.False(started.OptedOut);
        Assert.Same(started, started.Wants(stop: true, "stop-1"));
        Assert.Equal(8, Enumerable.Range(0, 20).Aggregate(started, (r, n) => r.Wants(n % 2 == 0, $"word-{n}")).Words.Length);
    }
}
