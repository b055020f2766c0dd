using Mfa.Core;

namespace Mfa.Local;

/// <summary>The developer's page, out of the assembly: one demo user at a glance, with the phone and the authenticator that they hold.</summary>
public static class DevPageRoutes
{
    private const string Policy = "default-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; frame-src 'self' ";

    /// <summary>Maps the routes below a group.</summary>
    /// <param name="dev">The group <c>/dev</c>, behind a <see cref="LoopbackGate"/>.</param>
    /// <param name="phones">Where the phones are.</param>
    public static void Map(RouteGroupBuilder dev, Uri phones)
    {
        dev.MapGet("/phones", () => Results.Json(new { url = phones }));
        // Not in the URL: a number is nobody's to log.
        dev.MapPost("/phones", (Typed typed) =>
            PhoneNumber.Parse(typed.Region, typed.Number).Number is { } number ? Results.Json(new { phone = number.E164[1..] }) : Results.NotFound());
        var policy = Policy + phones.GetLeftPart(UriPartial.Authority);
        DevFiles.Serve(dev, policy, "/", "index.html");
        DevFiles.Serve(dev, policy, "/dev.css", "/dev.js", "/api.js", "/view.js", "/authenticator.js");
    }

    // As the page has it: a number, and the region that it was typed for.
    private sealed record Typed(string? Region, string? Number);
}
