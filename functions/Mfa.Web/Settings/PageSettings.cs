using Mfa.Pages;

namespace Mfa.Web;

/// <summary>The settings of the pages for users.</summary>
public static class PageSettings
{
    // A logo is part of every page that is loaded.
    private const int LogoAtMost = 16 * 1024;

    public static PageOptions Read(SettingsReader reader, ServiceSettings service, string authority)
    {
        var issuer = Uri.TryCreate(authority, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "";
        return new(
            service.Name,
            authority,
            reader.Optional("Pages:ClientId"),
            reader.Optional("Pages:Scope") ?? "openid",
            [.. Origins(reader, "Pages:ConnectOrigins").Prepend(issuer).Where(o => o.Length > 0).Distinct()],
            Origins(reader, "Pages:FrameOrigins", "'self'"),
            Origins(reader, "Pages:ReturnOrigins"),
            ReadLook(reader),
            ReadSupport(reader));
    }

    private static string[] Origins(SettingsReader reader, string name, string? besides = null)
    {
        var origins = (reader.Optional(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // What is more than an origin would open more than it says, or nothing.
        if (!Array.TrueForAll(origins, o => o == besides || (Uri.TryCreate(o, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.GetLeftPart(UriPartial.Authority) == o)))
        {
            reader.Fault(name, "is not a list of origins such as https://portal.example.com, with commas between");
        }

        return origins;
    }

    private static PageLook ReadLook(SettingsReader reader)
    {
        var (day, night) = (ReadColour(reader, "Pages:Colour", PageLook.Grounds), ReadColour(reader, "Pages:DarkColour", PageLook.DarkGrounds));
        if (night is not null && day is null && reader.Optional("Pages:Colour") is null)
        {
            reader.Fault("Pages:DarkColour", "is set, and Pages__Colour is not");
        }

        return new(day, night, ReadLogo(reader));
    }

    private static Colour? ReadColour(SettingsReader reader, string name, Func<Colour, IReadOnlyList<Colour>> grounds)
    {
        if (reader.Optional(name) is not { } text)
        {
            return null;
        }

        if (Colour.Parse(text) is not { } colour)
        {
            reader.Fault(name, "is not a colour such as #0b6b5d");
            return null;
        }

        if (!PageLook.IsReadable(colour, grounds(colour)))
        {
            reader.Fault(name, $"can't be read on the pages: it has a contrast of {grounds(colour).Min(colour.Contrast):0.0} with what is behind it, and text needs {PageLook.LeastContrast} (WCAG 1.4.3)");
        }

        return colour;
    }

    private static string? ReadLogo(SettingsReader reader)
    {
        var logo = reader.Optional("Pages:Logo");
        if (logo is not null && (logo.Length > LogoAtMost || !(logo.StartsWith("data:image/svg+xml", StringComparison.Ordinal) || logo.StartsWith("data:image/png;base64,", StringComparison.Ordinal))))
        {
            reader.Fault("Pages:Logo", $"is not a data: URI of an SVG or PNG picture of up to {LogoAtMost / 1024} KiB");
        }

        return logo;
    }

    private static string? ReadSupport(SettingsReader reader)
    {
        var support = reader.Optional("Pages:Support");
        if (support is not null && !(Uri.TryCreate(support, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "mailto"))
        {
            reader.Fault("Pages:Support", "is not an address such as mailto:helpdesk@example.com or https://help.example.com");
        }

        return support;
    }
}
