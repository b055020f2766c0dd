namespace Mfa.Local;

/// <summary>The files of a developer's pages, out of the assembly.</summary>
internal static class DevFiles
{
    /// <summary>The bytes of a file.</summary>
    public static byte[] Read(string file)
    {
        using var resource = typeof(DevFiles).Assembly.GetManifestResourceStream($"dev/{file}")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Maps a group's paths to the files of the same names.</summary>
    /// <param name="dev">The group.</param>
    /// <param name="policy">The content security policy that they are served with.</param>
    /// <param name="paths">Each with its slash.</param>
    public static void Serve(RouteGroupBuilder dev, string policy, params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            Serve(dev, policy, path, path[1..]);
        }
    }

    /// <summary>Maps a path of a group to a file.</summary>
    public static void Serve(RouteGroupBuilder dev, string policy, string path, string file)
    {
        var bytes = Read(file);
        var type = Path.GetExtension(file) switch { ".html" => "text/html", ".css" => "text/css", _ => "text/javascript" } + "; charset=utf-8";
        dev.MapGet(path, (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = policy;
            return Results.Bytes(bytes, type);
        });
    }
}
