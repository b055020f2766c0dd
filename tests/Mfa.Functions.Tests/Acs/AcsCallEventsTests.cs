using System.Text;
using Mfa.Core;
using Mfa.Web.Acs;

namespace Mfa.Functions.Tests;

public sealed class AcsCallEventsTests
{
    [Theory]
    [InlineData("CreateCallFailed", 486, 560486, Reason.Busy)]
    [InlineData("CreateCallFailed", 480, 560480, Reason.NoAnswer)]
    [InlineData("CreateCallFailed", 408, 560408, Reason.NoAnswer)]
    [InlineData("CreateCallFailed", 603, 560603, Reason.Declined)]
    [InlineData("CreateCallFailed", 484, 560484, Reason.Undeliverable)]
    [InlineData("CreateCallFailed", 500, 0, Reason.Declined)]
    [InlineData("CallDisconnected", 486, 560486, Reason.Busy)]
    [InlineData("CallDisconnected", 200, 560486, Reason.Busy)]
    [InlineData("CallDisconnected", 200, 560404, Reason.Undeliverable)]
    [InlineData("CallDisconnected", 200, 560000, null)]
    [InlineData("CallDisconnected", 200, 7000, null)]
    public void An_end_says_why_where_the_carrier_does(string type, int code, int subCode, Reason? why)
    {
        var body = $$"""
            [{"id":"e-1","source":"calling/callConnections/c-1","type":"Microsoft.Communication.{{type}}","specversion":"1.0",
              "data":{"callConnectionId":"c-1","resultInformation":{"code":{{code}},"subCode":{{subCode}},"message":"" } } }]
            """;
        var ended = Assert.IsType<CallEnded>(Assert.Single(AcsCallEvents.Parse(Encoding.UTF8.GetBytes(body), 2)));
        Assert.Equal((2, "c-1", why), (ended.Attempt, ended.CallId, ended.Reason));
    }

    [Theory]
    [InlineData("SendDtmfTonesCompleted", "\"3\"", true, 3)]
    [InlineData("SendDtmfTonesFailed", "\"3\"", false, 3)]
    [InlineData("SendDtmfTonesCompleted", "null", true, 0)]
    [InlineData("SendDtmfTonesCompleted", "\"dial\"", true, 0)]
    public void Tones_are_told_by_the_part_they_were_sent_for(string type, string context, bool sent, int part)
    {
        var body = $$"""
            [{"id":"e-1","source":"calling/callConnections/c-1","type":"Microsoft.Communication.{{type}}","specversion":"1.0",
              "data":{"callConnectionId":"c-1","operationContext":{{context}},"resultInformation":{"code":200,"subCode":0,"message":"" } } }]
            """;
        var told = Assert.Single(AcsCallEvents.Parse(Encoding.UTF8.GetBytes(body), 2));
        Assert.Equal(sent ? new ExtensionDialled(told.EventId, 2, "c-1", part) : new ExtensionNotDialled(told.EventId, 2, "c-1", part), told);
    }

    [Fact]
    public void Every_key_has_a_name_that_reads_back()
    {
        const string keys = "0123456789#*ABCD";
        Assert.Equal(keys, string.Concat(keys.Select(key => AcsTones.KeyOf(AcsTones.Of(key)))));
        Assert.Equal(("zero", "nine", "pound", '?', '?'), (AcsTones.Of('0'), AcsTones.Of('9'), AcsTones.Of('#'), AcsTones.KeyOf("ten"), AcsTones.KeyOf(null)));
    }
}
