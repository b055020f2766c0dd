using Mfa.Core;
using Mfa.Twilio;
using Mfa.Web;

namespace Mfa.Functions.Tests;

/// <summary>Twilio's refusals, by its own codes (twilio.com/docs/api/errors).</summary>
public sealed class TwilioAnswersTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(7);

    [Theory]
    // Invalid numbers, no mobile, a landline, no route.
    [InlineData(400, 21211, "no")]
    [InlineData(400, 21214, "no")]
    [InlineData(400, 21217, "no")]
    [InlineData(400, 21614, "no")]
    [InlineData(400, 21635, "no")]
    [InlineData(400, 21612, "no")]
    // A country that is not enabled, for texts and for calls; a trial account.
    [InlineData(400, 21408, "not here")]
    [InlineData(400, 21215, "not here")]
    [InlineData(400, 21608, "not here")]
    [InlineData(403, 21408, "not here")]
    [InlineData(403, 21211, "no")]
    // Faults of ours.
    [InlineData(400, 21606, "not here")]
    [InlineData(400, 21617, "not here")]
    [InlineData(400, 99999, "not here")]
    [InlineData(400, 0, "not here")]
    [InlineData(404, 20404, "not here")]
    [InlineData(400, 21610, "opted out")]
    [InlineData(403, 21610, "opted out")]
    [InlineData(429, 20429, "patience")]
    [InlineData(429, 0, "patience")]
    [InlineData(429, 20003, "patience")]
    [InlineData(400, 21611, "patience")]
    [InlineData(400, 30001, "patience")]
    [InlineData(401, 20003, "not now")]
    [InlineData(401, 0, "not now")]
    [InlineData(403, 0, "not now")]
    [InlineData(403, 20006, "not now")]
    [InlineData(400, 20003, "not now")]
    [InlineData(500, 20500, "unknown")]
    [InlineData(500, 0, "unknown")]
    [InlineData(503, 0, "unknown")]
    [InlineData(504, 20504, "unknown")]
    [InlineData(408, 0, "unknown")]
    // Whatever it says beside it: a server that fails may have sent it.
    [InlineData(500, 21211, "unknown")]
    [InlineData(503, 21610, "unknown")]
    [InlineData(302, 0, "unknown")]
    public void A_refusal_means(int status, int code, string means) => Assert.Equal(means switch
    {
        "no" => CarrierAnswer.No(Reason.Undeliverable),
        "not here" => CarrierAnswer.NotHere(Reason.Undeliverable),
        "opted out" => CarrierAnswer.No(Reason.OptedOut),
        "patience" => CarrierAnswer.NotNow(s_patience),
        "not now" => CarrierAnswer.NotNow(),
        _ => CarrierAnswer.Unknown(TimeSpan.FromSeconds(5)),
    }, TwilioAnswers.Of(status, code, s_patience));

    [Theory]
    [InlineData(401, 0, true)]
    [InlineData(401, 20003, true)]
    [InlineData(403, 0, true)]
    [InlineData(403, 20005, true)]
    [InlineData(400, 20003, true)]
    [InlineData(403, 21408, false)]
    [InlineData(403, 21610, false)]
    [InlineData(429, 20429, false)]
    [InlineData(500, 20500, false)]
    public void Who_is_not_let_in_is_told_apart(int status, int code, bool locked) => Assert.Equal(locked, TwilioAnswers.IsLockedOut(status, code));

    [Theory]
    [InlineData(404, 20404, true)]
    [InlineData(404, 0, true)]
    [InlineData(400, 20404, true)]
    [InlineData(400, 21220, true)]
    [InlineData(400, 21211, false)]
    [InlineData(401, 20003, false)]
    [InlineData(500, 20500, false)]
    public void A_call_that_is_over_is_known_by_its_code(int status, int code, bool over) => Assert.Equal(over, TwilioAnswers.IsOver(status, code));

    [Theory]
    [InlineData("{\"code\":21211,\"message\":\"m\",\"status\":400}", 21211)]
    [InlineData("{\"code\":null}", 0)]
    [InlineData("{\"code\":\"21211\"}", 0)]
    [InlineData("{\"code\":1e99}", 0)]
    [InlineData("{\"message\":\"m\"}", 0)]
    [InlineData("[21211]", 0)]
    [InlineData("21211", 0)]
    [InlineData("<html>", 0)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    public void A_code_is_read_where_there_is_one(string? body, int code) => Assert.Equal(code, TwilioRefusedException.CodeIn(body));
}
