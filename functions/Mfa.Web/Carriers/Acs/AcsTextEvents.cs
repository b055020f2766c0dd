using System.Text.Json;
using Azure.Messaging.EventGrid;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web.Acs;

/// <summary>Reads the text events of Azure Communication Services: an array in the schema of Event Grid.</summary>
public static class AcsTextEvents
{
    private const int BodyAtMost = 2048;

    /// <summary>The validation code of a handshake; null where the body is none.</summary>
    /// <exception cref="BadRequestException">It is no array of events.</exception>
    public static string? ValidationCode(ReadOnlyMemory<byte> body) =>
        Read(body, e => e.EventType == "Microsoft.EventGrid.SubscriptionValidationEvent" ? Text(e, "validationCode") : null) is [var code, ..] ? code : null;

    /// <summary>What the events tell; those of other kinds are left out.</summary>
    /// <exception cref="BadRequestException">It is no array of events.</exception>
    public static IReadOnlyList<CarrierText> Parse(ReadOnlyMemory<byte> body) => Read(body, ReadText);

    private static CarrierText? ReadText(EventGridEvent e)
    {
        var id = EventIds.Of(e.Id);
        return e.EventType switch
        {
            "Microsoft.Communication.SMSReceived" when Text(e, "from") is { } from && Text(e, "to") is { } to && Text(e, "message") is { Length: <= BodyAtMost } message =>
                new TextReceived(id, from, to, message),
            "Microsoft.Communication.SMSDeliveryReportReceived" when Text(e, "tag") is { } tag && Text(e, "deliveryStatus") is { } status =>
                new TextDelivery(id, tag, status.Equals("Delivered", StringComparison.OrdinalIgnoreCase)),
            _ => null,
        };
    }

    private static IReadOnlyList<T> Read<T>(ReadOnlyMemory<byte> body, Func<EventGridEvent, T?> read)
        where T : class
    {
        try
        {
            return [.. EventGridEvent.ParseMany(BinaryData.FromBytes(body)).Select(read).OfType<T>()];
        }
        // The library throws the last one on a null among the events.
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or InvalidOperationException or NullReferenceException)
        {
            throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-events/texts"));
        }
    }

    private static string? Text(EventGridEvent e, string name)
    {
        using var data = JsonDocument.Parse(e.Data);
        return data.RootElement.ValueKind == JsonValueKind.Object && data.RootElement.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
    }
}
