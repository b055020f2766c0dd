namespace Mfa.Client;

/// <summary>A request, which may be repeated.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Below <c>/api/v1/</c>.</param>
/// <param name="Body">What it carries.</param>
/// <param name="Key">Its Idempotency-Key.</param>
internal sealed record Ask(HttpMethod Method, string Path, object? Body = null, string? Key = null)
{
    /// <summary>How long the service may wait before it answers.</summary>
    public TimeSpan Waits { get; init; }
}
