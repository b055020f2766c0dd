namespace Mfa.VirtualPhone;

/// <summary>A call as ACS's REST surface shows it.</summary>
internal static class WireCall
{
    public static object Of(AcsCall call) => Of(call, call.State switch
    {
        CallState.Ringing => "connecting",
        CallState.Answered => "connected",
        _ => "disconnected",
    });

    /// <summary>The answer to createCall, whatever became of the call meanwhile.</summary>
    public static object Connecting(AcsCall call) => Of(call, "connecting");

    public static object Identifier(PhoneNumber number) => Identifier(number.Value);

    private static object Of(AcsCall call, string state) => new
    {
        callConnectionId = call.Id,
        serverCallId = call.ServerCallId,
        targets = new[] { Identifier(call.Order.To) },
        callConnectionState = state,
        callbackUri = call.Order.CallbackUri.OriginalString,
        sourceCallerIdNumber = new { value = call.Order.From },
        correlationId = call.CorrelationId,
    };

    private static object Identifier(string number) => new { rawId = $"4:{number}", kind = "phoneNumber", phoneNumber = new { value = number } };
}
