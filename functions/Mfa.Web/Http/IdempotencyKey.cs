using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>The <c>Idempotency-Key</c> of a request: whoever repeats it repeats the request, and does not make a new one.</summary>
public static class IdempotencyKey
{
    private const int AtMost = 255;

    /// <summary>The key came with another request before.</summary>
    public static Problem Reused() =>
        Problem.Of(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused");

    /// <summary>The key; null where there is none.</summary>
    /// <exception cref="BadRequestException">It is empty, too long, or not of printable ASCII.</exception>
    public static string? Read(HttpRequest request)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var values))
        {
            return null;
        }

        return values is [{ Length: > 0 and <= AtMost } key] && key.All(c => c is >= ' ' and <= '~')
            ? key
            : throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-idempotency-key", ("most", $"{AtMost}")));
    }
}
