using System.Globalization;
using System.Text.Json;
using Azure.Messaging;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web.Acs;

/// <summary>Reads the call events of Azure Communication Services: an array of CloudEvents.</summary>
public static class AcsCallEvents
{
    private const string Prefix = "Microsoft.Communication.";

    /// <summary>Whether an id is in the form of a call's (callConnectionId, a UUID).</summary>
    public static bool IsCallId(string id) => Guid.TryParse(id, out _);

    /// <summary>The events of one attempt; those that mean nothing to a verification are left out.</summary>
    /// <exception cref="BadRequestException">It is no array of CloudEvents.</exception>
    public static IReadOnlyList<CallEvent> Parse(ReadOnlyMemory<byte> body, int attempt)
    {
        try
        {
            return [.. CloudEvent.ParseMany(BinaryData.FromBytes(body)).Select(e => Read(e, attempt)).OfType<CallEvent>()];
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-events/calls"));
        }
    }

    private static CallEvent? Read(CloudEvent e, int attempt)
    {
        if (e.Data is null || !e.Type.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        using var data = JsonDocument.Parse(e.Data);
        var root = data.RootElement;
        var id = EventIds.Of(e.Id);
        if (Text(root, "callConnectionId") is not { Length: > 0 and <= EventIds.CallIdAtMost } callId)
        {
            return null;
        }

        // The number of what was asked for in the call: of a prompt, or of a part of the extension.
        var prompt = int.TryParse(Text(root, "operationContext"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return e.Type[Prefix.Length..] switch
        {
            "CallConnected" => new CallConnected(id, attempt, callId),
            "CreateCallFailed" => new CallEnded(id, attempt, callId, Why(root) ?? Reason.Declined),
            // Of a refused call, too, and then often with 200: the other event tells why.
            "CallDisconnected" => new CallEnded(id, attempt, callId, Why(root)),
            "SendDtmfTonesCompleted" => new ExtensionDialled(id, attempt, callId, prompt),
            "SendDtmfTonesFailed" => new ExtensionNotDialled(id, attempt, callId, prompt),
            "RecognizeCompleted" => new KeysHeard(id, attempt, callId, prompt, Keys(root)),
            // Other codes tell of the call's end, which is an event of its own.
            "RecognizeFailed" when Code(root, "subCode") is 8510 or 8511 or 8512 or 8532 => new NothingHeard(id, attempt, callId, prompt),
            "PlayCompleted" or "PlayFailed" => new LastWordsSaid(id, attempt, callId),
            _ => null,
        };
    }

    private static Reason? Why(JsonElement data) => (Code(data, "code"), Code(data, "subCode")) switch
    {
        (486, _) or (_, 560486) => Reason.Busy,
        (480 or 408, _) or (_, 560480 or 560408) => Reason.NoAnswer,
        (484 or 404 or 403, _) or (_, 560484 or 560404 or 560403) => Reason.Undeliverable,
        (603, _) or (_, 560603) => Reason.Declined,
        _ => null,
    };

    private static string Keys(JsonElement data)
    {
        var heard = "";
        if (data.TryGetProperty("dtmfResult", out var result) && result.TryGetProperty("tones", out var tones) && tones.ValueKind == JsonValueKind.Array)
        {
            heard = string.Concat(tones.EnumerateArray().Select(t => AcsTones.KeyOf(t.GetString())));
        }

        // A # that ended the listening is left out of the tones.
        return Code(data, "subCode") == 8514 ? heard + "#" : heard;
    }

    private static int Code(JsonElement data, string name) =>
        data.TryGetProperty("resultInformation", out var result) && result.ValueKind == JsonValueKind.Object
        && result.TryGetProperty(name, out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var value) ? value : 0;

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
