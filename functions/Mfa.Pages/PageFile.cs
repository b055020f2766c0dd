using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mfa.Pages;

/// <summary>A file of a page.</summary>
internal sealed class PageFile
{
    private const string Prefix = "wwwroot/";

    private readonly string _hash;
    private readonly IReadOnlyList<(string? Encoding, Lazy<byte[]> Content)> _forms;

    /// <param name="name">Its path below the page's folder.</param>
    /// <param name="content">Its bytes.</param>
    public PageFile(string name, byte[] content)
    {
        (Name, Content) = (name, content);
        ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            ".webmanifest" => "application/manifest+json",
            ".txt" => "text/plain; charset=utf-8",
            var other => throw new NotSupportedException($"{name}: no media type is known for {other}."),
        };
        _hash = Convert.ToHexStringLower(SHA256.HashData(content))[..32];
        // Packed when it is first asked for: a cold start waits for nothing that nobody wants.
        _forms = ContentType == "image/png"
            ? [(null, new(content))]
            : [("br", new(() => Packed(content, s => new BrotliStream(s, CompressionLevel.Optimal)))), ("gzip", new(() => Packed(content, s => new GZipStream(s, CompressionLevel.Optimal)))), (null, new(content))];
    }

    public string Name { get; }

    public byte[] Content { get; }

    /// <summary>Its media type.</summary>
    public string ContentType { get; }

    /// <summary>The file, packed as the browser takes it, or 304 to who has it already.</summary>
    public IResult Answer(HttpRequest request)
    {
        var taken = StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var list) ? list : [];
        var (encoding, content) = _forms.First(f => f.Encoding is null || taken.Any(t => t.Value.Equals(f.Encoding, StringComparison.OrdinalIgnoreCase) && t.Quality is not 0));
        var headers = request.HttpContext.Response.Headers;
        headers.Append("Vary", "Accept-Encoding");
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        return Results.Bytes(content.Value, ContentType, entityTag: new EntityTagHeaderValue($"\"{_hash}{(encoding is null ? "" : "-" + encoding)}\""));
    }

    /// <summary>The files of a folder of <c>wwwroot</c>, out of the assembly, by their path below it.</summary>
    public static SortedDictionary<string, byte[]> Folder(string folder)
    {
        var assembly = typeof(PageFile).Assembly;
        var contents = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            // Built on Windows, folders have its slash.
            var name = resource.Replace('\\', '/');
            if (name.StartsWith($"{Prefix}{folder}/", StringComparison.Ordinal))
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                contents[name[(Prefix.Length + folder.Length + 1)..]] = bytes;
            }
        }

        return contents;
    }

    /// <summary>What files are named by together: another file, another version.</summary>
    public static string Version(SortedDictionary<string, byte[]> contents)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in contents)
        {
            all.AppendData(Encoding.UTF8.GetBytes(name));
            all.AppendData(bytes);
        }

        return Convert.ToHexStringLower(all.GetHashAndReset())[..16];
    }

    /// <summary>The security headers of a page and all that it is made of.</summary>
    /// <param name="headers">The answer's.</param>
    /// <param name="content">What it may load and run, and who may frame it (Content-Security-Policy).</param>
    /// <param name="permissions">What of the device it may use (Permissions-Policy).</param>
    public static void Secure(IHeaderDictionary headers, string content, string permissions)
    {
        headers.ContentSecurityPolicy = content;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private static byte[] Packed(byte[] content, Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }
}
