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
}
