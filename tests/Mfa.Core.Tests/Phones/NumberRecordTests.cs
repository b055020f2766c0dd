using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public class NumberRecordTests
{
    private static readonly AccountPolicy s_policy = new();
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
        var record = Fill(Fill(new(), 5, s_noon, TimeSpan.FromMinutes(1)), 5, s_noon.AddHours(2), TimeSpan.FromMinutes(1), "b");
        AssertFull(record, Send("c/1", s_noon.AddHours(4), "c"), s_noon.AddDays(1));
    }

    [Fact]
    public void Where_the_hour_and_the_day_are_full_it_is_the_later_one()
    {
        var record = Fill(Fill(new(), 5, s_noon, TimeSpan.FromMinutes(1)), 5, s_noon.AddHours(23.5), TimeSpan.FromMinutes(1), "b");
        AssertFull(record, Send("c/1", s_noon.AddHours(23.9), "c"), s_noon.AddHours(24.5));
    }

    [Fact]
    public void Every_owner_gets_ten_an_hour_besides()
    {
        var record = Fill(new(), 5, s_noon, TimeSpan.Zero);
        record = Fill(record, 10, s_noon, TimeSpan.FromMinutes(1), "owner", proved: true);
        AssertFull(record, Send("x/1", s_noon.AddMinutes(30), "owner", proved: true), s_noon.AddHours(1));
        Fill(record, 10, s_noon.AddMinutes(30), TimeSpan.Zero, "other owner", proved: true);
    }

    [Fact]
    public void The_same_send_again_is_the_same_reservation_even_when_it_is_full()
    {
        var record = Fill(new(), 4, s_noon, TimeSpan.Zero);
        record = Reserved(record, Send("v/1", s_noon));
        Assert.Equal(record.Sends, Reserved(record, Send("v/1", s_noon.AddSeconds(5))).Sends);
    }

    [Fact]
    public void A_verified_send_is_given_back_and_another_is_not()
    {
        var record = Fill(new(), 3, s_noon, TimeSpan.Zero);
        record = Reserved(Reserved(record, Send("v-1/1", s_noon)), Send("v-1/2", s_noon));
        Assert.Equal(5, record.Settle("v-1", giveBack: false).Sends.Length);
        Assert.Equal(5, record.Settle("v", giveBack: true).Sends.Length);
        Assert.Equal(3, record.Settle("v-1", giveBack: true).Sends.Length);
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
        Reserved(record, Send("v/1", s_noon));
    }

    [Fact]
    public void A_reply_is_found_by_its_code_until_its_verification_ends()
    {
        var record = Reserved(Reserved(new(), Send("v/1", s_noon), Reply("v", "h1")), Send("w/1", s_noon), Reply("w", "h2"));
        Assert.Equal("v", record.Find("h1", s_noon));
        Assert.Equal("w", record.Find("h2", s_noon.AddMinutes(10).AddTicks(-1)));
        Assert.Null(record.Find("h2", s_noon.AddMinutes(10)));
        Assert.Null(record.Find("h3", s_noon));
        Assert.Null(record.Settle("v", giveBack: false).Find("h1", s_noon));
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
            record = Reserved(record, Send($"v{i}/1", s_noon, proved: true), Reply($"v{i}", $"h{i}"));
        }

        Assert.Equal(["v2", "v3", "v4", "v5", "v6"], record.Open.Select(r => r.VerificationId));
    }

    [Fact]
    public void Many_owners_never_make_room_for_more_to_strangers()
    {
        var record = Fill(new(), 5, s_noon, TimeSpan.Zero);
        record = Fill(record, 5, s_noon.AddHours(2), TimeSpan.Zero, "b");
        for (var owner = 0; owner < 30; owner++)
        {
            record = Fill(record, 10, s_noon.AddHours(3), TimeSpan.Zero, $"owner-{owner}".PadRight(26, 'x'), proved: true);
        }

        AssertFull(record, Send("c/1", s_noon.AddHours(4), "c"), s_noon.AddDays(1));
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
                (record, sent) = (record.Settle($"v{i}", giveBack: true), sent.Remove(send));
            }
        }
    }, iter: 10_000);

    private static bool IsFree(IEnumerable<NumberSend> sent, NumberSend send)
    {
        int Within(TimeSpan window, Func<NumberSend, bool> which) => sent.Count(s => which(s) && s.At > send.At - window);
        return send.Proved
            ? Within(TimeSpan.FromHours(1), s => s.Proved && s.Account == send.Account) < 10
            : Within(TimeSpan.FromHours(1), s => !s.Proved) < 5 && Within(TimeSpan.FromDays(1), s => !s.Proved) < 10;
    }

    private static OpenReply Reply(string id, params string[] hashes) => new(id, [.. hashes], s_noon.AddMinutes(10));

    private static void AssertFull(NumberRecord record, NumberSend send, DateTimeOffset retryAt)
    {
        Assert.Equal((record, NumberAnswer.Limit, retryAt), record.Reserve(send, null, s_policy));
        Assert.Equal(NumberAnswer.Limit, record.Reserve(send with { At = retryAt.AddTicks(-1) }, null, s_policy).Answer);
        Reserved(record, send with { At = retryAt });
    }
}
