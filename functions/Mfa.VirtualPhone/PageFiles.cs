namespace Mfa.VirtualPhone;

/// <summary>The page, from the resources of the assembly.</summary>
internal static class PageFiles
{
    public static void Map(WebApplication app)
    {
        Serve(app, "/", "index.html", "text/html; charset=utf-8");
        Serve(app, "/family.css", "family.css", "text/css; charset=utf-8");
        Serve(app, "/phone.css", "phone.css", "text/css; charset=utf-8");
        Serve(app, "/phone.js", "phone.js", "text/javascript; charset=utf-8");
        Serve(app, "/speech.js", "speech.js", "text/javascript; charset=utf-8");
        Serve(app, "/view.js", "view.js", "text/javascript; charset=utf-8");
        Serve(app, "/icon.svg", "icon.svg", "image/svg+xml");
    }

    private static void Serve(WebApplication app, string path, string file, string type)
    {
        using var resource = typeof(PageFiles).Assembly.GetManifestResourceStream($"page/{file}")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        app.MapGet(path, () => Results.Bytes(bytes, type));
    }
}
