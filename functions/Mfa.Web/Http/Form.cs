using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Mfa.Web;

/// <summary>The parameters of a protocol's request, as a form or a query has them. None may stand there twice, and an empty one is as none (RFC 6749 section 3.1).</summary>
public sealed class Form
{
    private const string MediaType = "application/x-www-form-urlencoded";
    private const int ParametersAtMost = 100;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    private readonly IReadOnlyDictionary<string, StringValues> _values;

    private Form(IReadOnlyDictionary<string, StringValues> values) => _values = values;

    /// <summary>Reads a form.</summary>
    /// <exception cref="BadRequestException">It is too large, of another type, or no form.</exception>
    public static async Task<Form> ReadAsync(HttpRequest request)
    {
        var bytes = await Body.ReadAsync(request);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
        {
            throw new BadRequestException(Problem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type/form"));
        }

        try
        {
            using var reader = new FormReader(s_strict.GetString(bytes.Span)) { ValueCountLimit = ParametersAtMost };
            return new(reader.ReadForm());
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidDataException)
        {
            throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-request/unreadable"));
        }
    }

    /// <summary>Reads the query of an address.</summary>
    public static Form OfQuery(string query) => new(QueryHelpers.ParseQuery(query));

    /// <summary>It as the query of an address.</summary>
    public string Query => QueryHelpers.AddQueryString("", _values)[1..];

    /// <summary>It with one parameter as it is said here.</summary>
    public Form With(string name, string value) => new(new Dictionary<string, StringValues>(_values) { [name] = value });

    /// <summary>It without some parameters.</summary>
    public Form Without(IEnumerable<string> names) => new(_values.ExceptBy(names, v => v.Key).ToDictionary());

    /// <summary>It with some parameters alone.</summary>
    public Form Only(IEnumerable<string> names) => new(_values.IntersectBy(names, v => v.Key).ToDictionary());

    /// <summary>The name of a parameter that stands there twice; null where none does.</summary>
    public string? Doubled => _values.FirstOrDefault(v => v.Value.Count > 1).Key;

    /// <summary>Whether a parameter stands there twice.</summary>
    public bool IsDoubled(string name) => _values.TryGetValue(name, out var value) && value.Count > 1;

    /// <summary>A parameter; null where it is missing or empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value is [{ Length: > 0 } text, ..] ? text : null;

    /// <summary>A list of words with blanks between (RFC 6749 section 3.3); none where it is missing.</summary>
    public IReadOnlyList<string> Words(string name) => this[name]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
