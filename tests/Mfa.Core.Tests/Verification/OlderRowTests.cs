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

    private static JsonNode Row(Verification v) => JsonNode.Parse(JsonSerializer.Serialize(v, StateJson.Default.Verification))!;

    private static Verification Read(JsonNode row) => JsonSerializer.Deserialize(row.ToJsonString(), StateJson.Default.Verification)!;
}
