namespace Mfa.VirtualPhone;

/// <summary>The CloudEvents of a call, as ACS writes them: an array of one.</summary>
internal static class CallEvent
{
    public static byte[] Write(AcsCall call, CallHappening what, DateTimeOffset now)
    {
        var source = $"calling/callConnections/{call.Id}";
        return WireJson.Write(new[]
        {
            new
            {
                id = Guid.NewGuid().ToString(),
                source,
                subject = source,
                type = $"Microsoft.Communication.{what.Type}",
                specversion = "1.0",
                datacontenttype = "application/json",
                time = now,
                data = new
                {
                    version = "2026-03-12",
                    resultInformation = what.Result,
                    operationContext = what.OperationContext,
                    callConnectionId = call.Id,
                    serverCallId = call.ServerCallId,
                    correlationId = call.CorrelationId,
                    recognitionType = what.Tones is null ? null : "dtmf",
                    dtmfResult = what.Tones is null ? null : new { tones = what.Tones },
                    sequenceNumber = what.Participants is null ? (int?)null : 1,
                    participants = what.Participants?.Select(number => new
                    {
                        identifier = WireCall.Identifier(number),
                        isMuted = false,
                        isOnHold = false,
                    }),
                },
            },
        });
    }
}
