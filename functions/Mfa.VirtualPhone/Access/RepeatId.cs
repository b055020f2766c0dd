using System.Globalization;

namespace Mfa.VirtualPhone;

/// <summary>The pair that makes a request repeatable: an id and when it was first sent. They come together or not at all.</summary>
internal static class RepeatId
{
    public static string? Fault(string? id, string? firstSent) =>
        id is null || firstSent is null ? "Repeatability-Request-ID and Repeatability-First-Sent come together."
        : !Guid.TryParse(id, out _) ? "Repeatability-Request-ID must be a UUID."
        : !DateTimeOffset.TryParseExact(firstSent, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? "Repeatability-First-Sent must be a date as HTTP writes it."
        : null;
}
