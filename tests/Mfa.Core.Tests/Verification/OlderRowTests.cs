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

    private static JsonNode Row(Verification v) => JsonNode.Parse(JsonSerializer.Serialize(v, StateJson.Default.Verification))!;

    private static Verification Read(JsonNode row) => JsonSerializer.Deserialize(row.ToJsonString(), StateJson.Default.Verification)!;
}
