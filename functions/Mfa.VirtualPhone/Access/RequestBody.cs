using Microsoft.AspNetCore.Http.Features;

namespace Mfa.VirtualPhone;

/// <summary>The bytes of a request.</summary>
internal sealed record RequestBody(byte[] Bytes)
{
    /// <summary>Reads the body; null where it is longer than <paramref name="limit"/>.</summary>
    public static async Task<RequestBody?> Read(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit) { return null; }
        using var bytes = new MemoryStream();
        var part = new byte[8 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(part, request.HttpContext.RequestAborted)) > 0)
        {
            if (bytes.Length + read > limit) { return null; }
            bytes.Write(part, 0, read);
        }

        return new(bytes.ToArray());
    }
}

internal static class RequestBodyOfContext
{
    /// <summary>The body that a gate has read.</summary>
    public static ReadOnlySpan<byte> Body(this HttpContext http) => http.Features.GetRequiredFeature<RequestBody>().Bytes;
}
