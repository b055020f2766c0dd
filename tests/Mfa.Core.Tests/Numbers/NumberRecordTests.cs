using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public partial class NumberRecordTests
{
    // The spacing is looked at by itself.
    private static readonly AccountPolicy s_policy = new() { SendAgainAfter = TimeSpan.Zero };
    private static readonly DateTimeOffset s_noon = Play.Noon;

    private static readonly Gen<(bool Proved, int Account, int Seconds, int Settle)[]> s_days =
        Gen.Select(Gen.Int[0, 2].Select(n => n == 0), Gen.Int[0, 3], Gen.OneOf(Gen.Int[0, 300], Gen.Int[0, 7200]), Gen.Int[0, 9]).Array[0, 60];

    private static NumberSend Send(string id, DateTimeOffset at, string account = "a", bool proved = false) => new(id, account, at, proved);

    private static NumberRecord Reserved(NumberRecord record, NumberSend send, OpenReply? reply = null)
    {
        var (next, answer, retryAt) = record.Reserve(send, reply, s_policy);
        Assert.Equal((NumberAnswer.Reserved, null), (answer, retryAt));
        return next;
    }

    private static NumberRecord Fill(NumberRecord record, int sends, DateTimeOffset at, TimeSpan apart, string account = "a", bool proved = false)
    {
        for (var i = 0; i < sends; i++)
        {
            record = Reserved(record, Send($"{account}{at:O}-{i}/1", at + (i * apart), account, proved));
        }

        return record;
    }

    [Fact]
    public void Strangers_get_five_an_hour_all_together()
    {
        var record = Fill(Fill(new(), 3, s_noon, TimeSpan.FromMinutes(1)), 2, s_noon.AddMinutes(10), TimeSpan.FromMinutes(1), "b");
        AssertFull(record, Send("c/1", s_noon.AddMinutes(20), "c"), s_noon.AddHours(1));
    }

    [Fact]
    public void Strangers_get_ten_a_day_all_together()
    {
        var record = Strangers(Strangers(new(), s_noon), s_noon.AddHours(2));
        AssertFull(record, Send("c/1", s_noon.AddHours(4), "c"), s_noon.AddDays(1));
    }

    [Fact]
    public void No_stranger_takes_more_than_three_of_the_five_nor_six_of_the_ten()
    {
        var record = Fill(new(), 3, s_noon, TimeSpan.FromMinutes(1));
        AssertFull(record, Send("x/1", s_noon.AddMinutes(20)), s_noon.AddHours(1));
        record = Fill(Reserved(record, Send("b/1", s_noon.AddMinutes(20), "b")), 3, s_noon.AddHours(2), TimeSpan.FromMinutes(1));
        AssertFull(record, Send("y/1", s_noon.AddHours(4)), s_noon.AddDays(1));
        Reserved(record, Send("b/2", s_noon.AddHours(4), "b"));
    }

    [Fact]
    public void Two_sends_of_an_account_are_half_a_minute_apart_whatever_the_way_and_another_account_need_not_wait()
    {
        var policy = new AccountPolicy();
        var (record, _, _) = new NumberRecord().Reserve(Send("v/1", s_noon), Reply("v", "h"), policy);
        Assert.Equal((record, NumberAnswer.TooSoon, s_noon.AddSeconds(30)), record.Reserve(Send("w/1", s_noon.AddSeconds(29)), null, policy));
        Assert.Equal(NumberAnswer.Reserved, record.Reserve(Send("w/1", s_noon.AddSeconds(30)), null, policy).Answer);
        Assert.Equal(NumberAnswer.Reserved, record.Reserve(Send("w/1", s_noon, "b"), null, policy).Answer);
        Assert.Equal(NumberAnswer.Reserved, record.Reserve(Send("v/1", s_noon.AddSeconds(1)), Reply("v", "h"), policy).Answer);
    }

    [Fact]
    public void An_owner_may_go_another_way_at_once_and_not_the_same_again()
    {
        var policy = new AccountPolicy();
        NumberSend Way(string id, How? how, double after, bool proved = true) => new(id, "a", s_noon.AddSeconds(after), proved, how);
        NumberAnswer Asked(NumberRecord record, NumberSend send) => record.Reserve(send, null, policy).Answer;
        var texted = new NumberRecord().Reserve(Way("v/1", How.Text, 0), null, policy).Next;
        Assert.Equal((NumberAnswer.TooSoon, NumberAnswer.Reserved), (Asked(texted, Way("w/1", How.Text, 29)), Asked(texted, Way("w/1", How.Text, 30))));
        Assert.Equal((NumberAnswer.Reserved, NumberAnswer.TooSoon), (Asked(texted, Way("w/1", How.Call, 1)), Asked(texted, Way("w/1", How.Call, 1, proved: false))));

        // Back to the first way, which is as near as before.
        var called = texted.Reserve(Way("w/1", How.Call, 1), null, policy).Next;
        Assert.Equal((NumberAnswer.TooSoon, NumberAnswer.TooSoon), (Asked(called, Way("x/1", How.Text, 2)), Asked(called, Way("x/1", How.Call, 2))));
        Assert.Equal(s_noon.AddSeconds(30), called.Reserve(Way("x/1", How.Text, 2), null, policy).RetryAt);

        // A row of a version before doesn't tell the way.
        Assert.Equal(NumberAnswer.Reserved, Asked(new NumberRecord().Reserve(Way("v/1", null, 0), null, policy).Next, Way("w/1", How.Text, 1)));
    }

    [Fact]
    public void After_a_send_that_was_answered_nobody_waits()
    {
        var policy = new AccountPolicy();
        var record = new NumberRecord().Reserve(Send("v/1", s_noon), null, policy).Next;
        Assert.Equal(NumberAnswer.TooSoon, record.Settle("v", giveBack: false).Reserve(Send("w/1", s_noon.AddSeconds(1)), null, policy).Answer);
        Assert.Equal(NumberAnswer.Reserved, record.Settle("v", giveBack: true).Reserve(Send("w/1", s_noon.AddSeconds(1)), null, policy).Answer);
    }

    [Fact]
    public void Where_the_hour_and_the_day_are_full_it_is_the_later_one()
    {
        var record = Strangers(Strangers(new(), s_noon), s_noon.AddHours(23.5));
        AssertFull(record, Send("c/1", s_noon.AddHours(23.9), "c"), s_noon.AddHours(24.5));
    }

    [Fact]
    public void Every_owner_gets_ten_a_day_besides()
    {
        var record = Strangers(new(), s_noon);
        record = Fill(record, 10, s_noon, TimeSpan.FromMinutes(1), "owner", proved: true);
        AssertFull(record, Send("x/1", s_noon.AddMinutes(30), "owner", proved: true), s_noon.AddDays(1));
        Fill(record, 10, s_noon.AddMinutes(30), TimeSpan.Zero, "other owner", proved: true);
    }

    [Fact]
    public void Where_the_day_allows_more_an_owner_gets_ten_an_hour()
    {
        var policy = s_policy with { NumberSendsOfAccountADay = 50 };
        var record = Fill(new(), 10, s_noon, TimeSpan.FromMinutes(1), "owner", proved: true);
        Assert.Equal((record, NumberAnswer.Limit, s_noon.AddHours(1)), record.Reserve(Send("x/1", s_noon.AddMinutes(30), "owner", proved: true), null, policy));
    }

    [Fact]
    public void The_same_send_again_is_the_same_reservation_even_when_it_is_full()
    {
        var record = Fill(new(), 2, s_noon, TimeSpan.Zero);
        record = Reserved(record, Send("v/1", s_noon));
        Assert.Equal(record.Sends, Reserved(record, Send("v/1", s_noon.AddSeconds(5))).Sends);
    }

    [Fact]
    public void A_verified_send_makes_room_for_strangers_and_none_for_its_own_account()
    {
        var record = Fill(new(), 3, s_noon, TimeSpan.Zero, "b");
        record = Reserved(Reserved(record, Send("v-1/1", s_noon)), Send("v-1/2", s_noon));
        Assert.Equal(NumberAnswer.Limit, record.Settle("v-1", giveBack: false).Reserve(Send("c/1", s_noon, "c"), null, s_policy).Answer);
        Assert.Same(record, record.Settle("v", giveBack: true));
        var given = record.Settle("v-1", giveBack: true);
        Assert.Equal(2, given.Sends.Count(x => x.GivenBack));
        Assert.Same(given, given.Settle("v-1", giveBack: true));
        Reserved(given, Send("c/1", s_noon, "c"));

        // Verified again and again, an account gets ten a day all the same.
        record = new();
        for (var i = 0; i < 10; i++)
        {
            record = Reserved(record, Send($"v-{i}/1", s_noon)).Settle($"v-{i}", giveBack: true);
        }

        AssertFull(record, Send("v-10/1", s_noon.AddHours(1)), s_noon.AddDays(1));
    }

    [Fact]
    public void A_limit_of_nothing_lets_nothing_through() =>
        Assert.Equal((NumberAnswer.Limit, DateTimeOffset.MaxValue),
            new NumberRecord().Reserve(Send("v/1", s_noon), null, s_policy with { NumberSendsAnHour = 0 }) is var (_, answer, at) ? (answer, at) : default);

    [Fact]
    public void A_number_that_opted_out_gets_calls_and_no_texts()
    {
        var record = new NumberRecord { OptedOut = true };
        Assert.Equal((record, NumberAnswer.OptedOut, null), record.Reserve(Send("v/1", s_noon), Reply("v", "h"), s_policy));
        Reserved(record, Send("v/1", s_noon) with { How = How.Call });
        // A notice, which nobody replies to, is a text all the same.
        Assert.Equal((record, NumberAnswer.OptedOut, null), record.Reserve(Send("n/1", s_noon, proved: true), null, s_policy));
    }

    [Fact]
    public void A_number_gets_a_hundred_a_day_however_many_own_it_and_its_row_stays_small()
    {
        var record = Strangers(Strangers(new(), s_noon), s_noon.AddHours(2));
        for (var owner = 0; owner < 9; owner++)
        {
            record = Fill(record, 10, s_noon.AddHours(3), TimeSpan.Zero, $"owner-{owner}".PadRight(26, 'x'), proved: true);
        }

        AssertFull(record, Send("c/1", s_noon.AddHours(4), "c"), s_noon.AddDays(1));
        AssertFull(record, Send("o/1", s_noon.AddHours(4), "owner", proved: true), s_noon.AddDays(1));
        record = record with { Sends = [.. record.Sends.Select(x => x with { Id = x.Id.PadLeft(60, 'x') })] };
        var json = JsonSerializer.Serialize(record, StateJson.Default.NumberRecord);
        Assert.True(Encoding.UTF8.GetByteCount(json) < 24 * 1024);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, StateJson.Default.NumberRecord)!, StateJson.Default.NumberRecord));
    }

    [Fact]
    public void No_window_ever_holds_more_than_its_limit_and_the_time_to_come_back_is_exact() => s_days.Sample(day =>
    {
        var (record, now, sent) = (new NumberRecord(), s_noon, ImmutableList<NumberSend>.Empty);
        for (var i = 0; i < day.Length; i++)
        {
            now = now.AddSeconds(day[i].Seconds);
            var send = Send($"v{i}/1", now, $"account-{day[i].Account}", day[i].Proved);
            var (next, answer, retryAt) = record.Reserve(send, null, s_policy);
            Assert.Equal(IsFree(sent, send), answer == NumberAnswer.Reserved);
            if (answer == NumberAnswer.Limit)
            {
                Assert.False(IsFree(sent, send with { At = retryAt!.Value.AddTicks(-1) }));
                AssertFull(record, send, retryAt.Value);
                continue;
            }

            (record, sent) = (next, sent.Add(send));
            if (day[i].Settle == 0)
            {
                (record, sent) = (record.Settle($"v{i}", giveBack: true), sent.Replace(send, send with { GivenBack = true }));
            }
        }
    }, iter: 10_000);

    private static bool IsFree(IEnumerable<NumberSend> sent, NumberSend send)
    {
        var (hour, aDay) = (TimeSpan.FromHours(1), TimeSpan.FromDays(1));
        int Within(TimeSpan window, Func<NumberSend, bool> which) => sent.Count(s => which(s) && s.At > send.At - window);
        bool IsOwn(NumberSend s) => s.Account == send.Account;
        bool IsStranger(NumberSend s) => !s.Proved && !s.GivenBack;
        return Within(aDay, IsOwn) < 10 && Within(aDay, _ => true) < 100 && (send.Proved
            ? Within(hour, s => s.Proved && IsOwn(s)) < 10
            : Within(hour, IsStranger) < 5 && Within(aDay, IsStranger) < 10
                && Within(hour, s => IsStranger(s) && IsOwn(s)) < 3 && Within(aDay, s => IsStranger(s) && IsOwn(s)) < 6);
    }

    // As many as strangers get in an hour, of two of them.
    private static NumberRecord Strangers(NumberRecord record, DateTimeOffset at) =>
        Fill(Fill(record, 3, at, TimeSpan.FromMinutes(1)), 2, at.AddMinutes(10), TimeSpan.FromMinutes(1), "b");

    private static OpenReply Reply(string id, params string[] hashes) => new(id, [.. hashes], s_noon.AddMinutes(10));

    private static void AssertFull(NumberRecord record, NumberSend send, DateTimeOffset retryAt)
    {
        Assert.Equal((record, NumberAnswer.Limit, retryAt), record.Reserve(send, null, s_policy));
        Assert.Equal(NumberAnswer.Limit, record.Reserve(send with { At = retryAt.AddTicks(-1) }, null, s_policy).Answer);
        Reserved(record, send with { At = retryAt });
    }
}
