namespace Mfa.Web;

/// <summary>External MFA for Microsoft Entra: whose sign-ins are taken, and by which keys they are answered.</summary>
public sealed record ExternalMfaSettings
{
    /// <summary>Below which its routes are.</summary>
    public const string Path = "/external-mfa";

    private const string Public = "https://login.microsoftonline.com";
    private const int AtMost = 256;

    // The public cloud, the US government's, and China's.
    private static readonly string[] s_clouds = [Public, "https://login.microsoftonline.us", "https://login.partner.microsoftonline.cn"];

    /// <summary>The app registration that hints are for; null where external MFA is off.</summary>
    public string? AppId { get; private init; }

    /// <summary>What Entra calls itself.</summary>
    public string ClientId { get; private init; } = "";

    /// <summary>The directories whose users are taken.</summary>
    public IReadOnlySet<string> Tenants { get; private init; } = new HashSet<string>();

    /// <summary>The cloud's sign-in address, without a slash at the end.</summary>
    public string Authority { get; private init; } = Public;

    /// <summary>What users are told that they sign in to.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Whether a user without a method may set one up on the way; else the sign-in is refused.</summary>
    public bool SetsUp { get; private init; } = true;

    /// <summary>The keys that sign the answers.</summary>
    public ExternalMfaKeys Keys { get; private init; } = ExternalMfaKeys.None;

    /// <summary>Where answers go, and nowhere else.</summary>
    public string RedirectUri => $"{Authority}/common/federation/externalauthprovider";

    /// <summary>Where Entra's keys are told.</summary>
    public string Metadata => $"{Authority}/common/v2.0/.well-known/openid-configuration";

    /// <summary>The issuer of a tenant's tokens.</summary>
    public string IssuerOf(string tenant) => $"{Authority}/{tenant}/v2.0";

    public static ExternalMfaSettings Read(SettingsReader reader, ClientSettings clients)
    {
        if (reader.Optional("ExternalMfa:AppId") is not { } app)
        {
            return new();
        }

        var listed = reader.Required("ExternalMfa:Tenants", "the ids of the directories whose users are taken, with commas between");
        var tenants = listed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        // Anything but an id would have no issuer, or another's.
        if (listed.Length > 0 && (tenants.Length == 0 || !Array.TrueForAll(tenants, t => Guid.TryParseExact(t, "D", out _))))
        {
            reader.Fault("ExternalMfa:Tenants", "is not a list of directory ids, with commas between");
        }

        var client = reader.Optional("ExternalMfa:ClientId") ?? "entra";
        if (client.Length > AtMost || clients.Knows(client))
        {
            reader.Fault("ExternalMfa:ClientId", $"is longer than {AtMost} characters, or the id of one of Clients__…");
        }

        return new()
        {
            AppId = app,
            ClientId = client,
            Tenants = tenants.ToHashSet(StringComparer.OrdinalIgnoreCase),
            Authority = ReadAuthority(reader),
            Name = reader.Optional("ExternalMfa:Name") ?? "Microsoft 365",
            SetsUp = reader.Flag("ExternalMfa:SetUp", true),
            Keys = ExternalMfaKeys.Read(reader),
        };
    }

    private static string ReadAuthority(SettingsReader reader)
    {
        var text = reader.Optional("ExternalMfa:Authority") ?? Public;
        if (!s_clouds.Contains(text) && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", IsLoopback: true } && uri.GetLeftPart(UriPartial.Authority) == text))
        {
            reader.Fault("ExternalMfa:Authority", $"is none of {string.Join(", ", s_clouds)}");
        }

        return text;
    }
}
