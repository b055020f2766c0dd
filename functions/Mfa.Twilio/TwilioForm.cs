using System.Text.RegularExpressions;
using Mfa.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Mfa.Twilio;

/// <summary>The fields of a request, read once.</summary>
internal sealed partial class TwilioForm(Dictionary<string, StringValues> fields)
{
    private const string Text = "Body";

    private static readonly string[] s_read = ["AccountSid", Text, "CallSid", "CallStatus", "Digits", "ErrorCode", "From", "MessageSid", "MessageStatus", "MessagingServiceSid", "SipResponseCode", "To"];

    // As they begin what Twilio signs of them.
    private static readonly string[] s_signedStarts = ["AccountSidAC", "From+", "MessageSidSM", "MessageSidMM", "To+"];

    /// <summary>A field; nothing where it is not there.</summary>
    public string this[string name] => fields.TryGetValue(name, out var value) ? value.ToString() : "";

    /// <summary>
    /// Whether these can be the fields that were signed. What is signed has nothing between names and values, and a value that is repeated counts
    /// once: other fields, out of a text that somebody wrote or of the address, could have the same signature.
    /// </summary>
    public bool IsClear => fields.All(f => Name().IsMatch(f.Key)) && s_read.All(name => !fields.TryGetValue(name, out var value) || value.Count == 1)
        && !fields.Any(f => f.Key != Text && s_signedStarts.Any(start => f.Value.ToString().Contains(start, StringComparison.Ordinal)));

    /// <summary>The fields as they are signed: of one that stands there several times, each value once, in order.</summary>
    public Dictionary<string, string> Signed { get; } = fields.ToDictionary(
        f => f.Key,
        f => f.Value.Count == 1 ? f.Value.ToString() : string.Join(f.Key, f.Value.Distinct().Order(StringComparer.Ordinal)),
        StringComparer.Ordinal);

    /// <exception cref="BadRequestException">It is too large, or no form.</exception>
    public static async Task<TwilioForm> OfAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<TwilioForm>() is not { } form)
        {
            var body = await Body.ReadAsync(request);
            try
            {
                form = new(await new FormReader(new MemoryStream(body.ToArray())).ReadFormAsync(request.HttpContext.RequestAborted));
            }
            catch (InvalidDataException)
            {
                throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-events/form"));
            }

            request.HttpContext.Features.Set(form);
        }

        return form;
    }

    [GeneratedRegex(@"^\p{L}[\p{L}\p{Nd}._\[\]-]*\z")]
    private static partial Regex Name();
}
