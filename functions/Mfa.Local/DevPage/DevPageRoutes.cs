namespace Mfa.Local;

/// <summary>The desk, out of the assembly: what a user sees, and the phone and the authenticator that they hold, side by side.</summary>
public static class DevPageRoutes
{
    private const string Policy = "default-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; frame-src 'self' ";
    private const string ShopPolicy = "default-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>Maps the routes below a group.</summary>
    /// <param name="dev">The group <c>/dev</c>, behind a <see cref="LoopbackGate"/>.</param>
    /// <param name="phones">Where the phones are; null where the carrier calls real ones.</param>
    public static void Map(RouteGroupBuilder dev, Uri? phones)
    {
        dev.MapGet("/phones", () => Results.Json(new { url = phones }));
        dev.MapGet("/phones/{user}", async (string user, HeldPhones held, CancellationToken cancel) =>
            DevCaller.IsName(user) ? Results.Json(await held.OfAsync(user, cancel)) : Results.NotFound());
        var policy = Policy + phones?.GetLeftPart(UriPartial.Authority);
        var desk = DevFiles.Read("index.html");
        dev.MapGet("/", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = policy;
            return Results.Bytes(desk, "text/html; charset=utf-8");
        }).AddEndpointFilter<OneOrigin>();
        DevFiles.Serve(dev, policy, "/desk.css", "/desk.js", "/frame.js", "/happened.js", "/held.js", "/api.js");
        DevFiles.Serve(dev, ShopPolicy, "/back", "back.html");
        DevFiles.Serve(dev, ShopPolicy, "/back.js");
    }
}
