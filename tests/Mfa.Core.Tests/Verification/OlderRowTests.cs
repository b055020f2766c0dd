using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Core.Tests;

public class OlderRowTests
{
    [Theory]
    [InlineData("lateKeys")]
    [InlineData("silence")]
    [InlineData("calls")]
    [InlineData("callProof")]
    public void A_rule_that_an_older_version_did_not_write_keeps_its_default(string rule)
    {
        var row = Row(Play.Answered().V);
        Assert.True(row["policy"]!.AsObject().Remove(rule));
        Assert.Equal(new VerificationPolicy(), Read(row).Policy);
    }

    [Fact]
    public void Lists_that_an_older_version_did_not_write_are_empty()
    {
        var row = Row(Play.Answered().V);
        row.AsObject().Remove("seenEvents");
        row.AsObject().Remove("pending");
        var read = Read(row);
        Assert.Empty(read.SeenEvents);
        Assert.Empty(read.Pending);
    }

    [Fact]
    public void A_call_that_an_older_version_placed_has_no_extension()
    {
        var play = new Play(How.Call);
        play.Done<PlaceCall>("call-1");
        var row = Row(play.V);
        Assert.True(row.AsObject().Remove("pauses"));
        Assert.True(row["call"]!.AsObject().Remove("part"));
        Assert.True(row["policy"]!.AsObject().Remove("extensionPause"));
        var answered = Verification.Step(Read(row), new CallConnected("event-1", 1, "call-1"), play.Now);
        Assert.Equal(new Ask(1, "call-1", 1, CallPrompt.Verify), Assert.Single(answered.Effects).Effect);
    }

    [Theory, InlineData(How.Text), InlineData(How.Call)]
    public void A_text_or_call_that_an_older_version_sent_is_of_the_only_carrier_there_was(How how)
    {
        var play = new Play(how, new() { Carrier = "one", Fallback = "two" });
        _ = how == How.Text ? play.NotByThisOne<SendText>() : play.NotByThisOne<PlaceCall>();
        var row = Row(play.V);
        Assert.True(row.AsObject().Remove("carrier"));
        Assert.True(row["policy"]!.AsObject().Remove("carrier") && row["policy"]!.AsObject().Remove("fallback"));
        Assert.True(row["pending"]![0]!.AsObject().Remove("carrier"));
        var read = Read(row);
        Assert.Equal((null, null, null), (read.Carrier, read.Policy.Carrier, read.Policy.Fallback));
        var pending = Assert.Single(read.Pending);
        Assert.Null(pending.Carrier);

        // Without another it is tried again, as it was then; whoever has taken it is asked nothing.
        var refused = Verification.Step(read, new EffectFailed(pending.Number, Reason.CarrierDown, Transient: true, Refused: true, Own: true), play.Now);
        Assert.Empty(refused.Effects);
        var again = Assert.Single(Verification.Step(refused.Next, new Woke(), refused.Next.WakeAt()!.Value).Effects);
        Assert.Equal((pending.Number, null), (again.Number, again.Carrier));
        var done = Verification.Step(refused.Next, new EffectDone(pending.Number, pending.Effect, "receipt"), play.Now).Next;
        Assert.Equal((VerificationState.Waiting, null), (done.State, done.Carrier));
        Assert.Empty(done.Pending);
    }

    [Fact]
    public void Without_a_second_carrier_nothing_new_is_written()
    {
        var row = Row(Play.Texted().V).ToJsonString();
        Assert.DoesNotContain("carrier", row, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("fallback", row, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_look_is_read_as_it_was_written()
    {
        var play = new Play(How.Text);
        play.Done<SendText>("text-1", lookAfter: 20);
        Assert.Equal(new LookUp(1, "text-1", TimeSpan.FromSeconds(20)), Assert.Single(Read(Row(play.V)).Pending).Effect);
    }

    private static JsonNode Row(Verification v) => JsonNode.Parse(JsonSerializer.Serialize(v, StateJson.Default.Verification))!;

    private static Verification Read(JsonNode row) => JsonSerializer.Deserialize(row.ToJsonString(), StateJson.Default.Verification)!;
}
