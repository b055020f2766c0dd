using System.Security.Cryptography;

namespace Mfa.Pages;

/// <summary>A file of a page.</summary>
/// <param name="Name">Its path below the page's folder.</param>
/// <param name="Content">Its bytes, as they are sent.</param>
internal sealed record PageFile(string Name, byte[] Content)
{
    /// <summary>Its media type.</summary>
    public string ContentType { get; } = Path.GetExtension(Name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".webmanifest" => "application/manifest+json",
        ".txt" => "text/plain; charset=utf-8",
        var other => throw new NotSupportedException($"{Name}: no media type is known for {other}."),
    };

    /// <summary>The hash of its bytes, for its ETag.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Content))[..32];
}
