using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mfa.Web;

/// <summary>Request bodies: small, JSON, UTF-8. Neither head's own limits are used; they differ.</summary>
public static class Body
{
    /// <summary>The largest body, in bytes.</summary>
    public const int AtMost = 64 * 1024;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="BadRequestException">413.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > AtMost)
        {
            throw TooLarge();
        }

        var buffer = new byte[8 * 1024];
        var body = new MemoryStream();
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > AtMost)
            {
                throw TooLarge();
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    /// <exception cref="BadRequestException">415.</exception>
    public static void RequireJson(HttpRequest request)
    {
        var json = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!json)
        {
            throw new BadRequestException(Problem.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type"));
        }
    }

    /// <exception cref="BadRequestException">400.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            s_strict.GetCharCount(bytes.Span);
            return JsonElement.Parse(bytes.Span);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-json/unreadable"));
        }
    }

    private static BadRequestException TooLarge() =>
        new(Problem.Of(StatusCodes.Status413PayloadTooLarge, "too-large", ("most", $"{AtMost / 1024}")));
}
