using Mfa.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Mfa.Twilio;

/// <summary>The fields of a request, read once.</summary>
internal sealed class TwilioForm(Dictionary<string, StringValues> fields)
{
    /// <summary>A field; nothing where it is not there.</summary>
    public string this[string name] => fields.TryGetValue(name, out var value) ? value.ToString() : "";

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
}
