using System.Globalization;

namespace Mfa.VirtualPhone;

/// <summary>Dates as Twilio writes and reads them.</summary>
internal static class TwilioDate
{
    /// <summary>RFC 2822, in UTC.</summary>
    public static string? Write(DateTimeOffset? at) =>
        at is { } time ? time.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000" : null;

    /// <summary>The day in UTC of a date, or of a time; null where it is neither.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? DayOf(at) : null;

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
