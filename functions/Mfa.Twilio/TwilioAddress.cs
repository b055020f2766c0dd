using System.Globalization;

namespace Mfa.Twilio;

/// <summary>
/// Our addresses as Twilio is given them. What follows the # is Twilio's alone: it tries an address that can't be reached, or answers
/// with an error, again (twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
/// </summary>
public static class TwilioAddress
{
    private const string On = "on";
    private const string Again = "#rc=5&rp=all";

    /// <summary>Where a call asks what to do once it is answered.</summary>
    public static Uri Answered(Uri callback) => With(callback, "?on=answered");

    /// <summary>Where it tells of its state.</summary>
    public static Uri Status(Uri callback) => With(callback, "?on=status");

    /// <summary>Where it tells of the keys of a prompt.</summary>
    public static Uri Keys(Uri callback, int prompt) => With(callback, string.Create(CultureInfo.InvariantCulture, $"?on=keys&number={prompt}"));

    /// <summary>Where it tells that a part of an extension was dialled.</summary>
    public static Uri Dialled(Uri callback, int part) => With(callback, string.Create(CultureInfo.InvariantCulture, $"?on=dialled&number={part}"));

    /// <summary>Where a text tells of its state.</summary>
    public static Uri Text(Uri callback) => With(callback, "");

    /// <summary>What a request to one of these tells of: <c>answered</c>, <c>status</c>, <c>keys</c> or <c>dialled</c>, and its number; null where it is none of these.</summary>
    public static (string? On, int Number) Read(Microsoft.AspNetCore.Http.IQueryCollection query) =>
        (query[On].FirstOrDefault(), int.TryParse(query["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);

    private static Uri With(Uri callback, string more) => new($"{callback.OriginalString}{more}{Again}");
}
