using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>The programs that sign their users in by OpenID Connect, from the settings.</summary>
public sealed class OpenIdClients
{
    private const int SecretAtLeast = 32;

    // What an answer adds to an address.
    private static readonly string[] s_added = ["code", "error", "error_description", "state", "iss"];

    private readonly Dictionary<string, OpenIdClient> _byId;

    private OpenIdClients(Dictionary<string, OpenIdClient> byId) => _byId = byId;

    /// <summary>The client of an id; null where there is none.</summary>
    public OpenIdClient? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    public static OpenIdClients Read(SettingsReader reader, ServiceSettings service)
    {
        var clients = new Dictionary<string, OpenIdClient>(StringComparer.Ordinal);
        foreach (var (id, name) in reader.Children("Clients"))
        {
            if (Read(reader, id, name) is { } client)
            {
                clients[client.Id] = client;
            }
        }

        if (clients.Count > 0 && service.Issuer != service.PublicUrl)
        {
            reader.Fault("Service:Issuer", "is not Service__PublicUrl: programs look for the OpenID Connect document below the issuer");
        }

        return new(clients);
    }

    private static OpenIdClient? Read(SettingsReader reader, string id, string name)
    {
        var redirects = reader.Children($"{name}:RedirectUris").Select(c => ClientSettings.Address(reader, c.Name, s_added)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var backchannel = reader.Flag($"{name}:Ciba", false);
        if (redirects.Count == 0 && !backchannel)
        {
            return null;
        }

        var client = reader.Optional($"{name}:Id") ?? id;
        var secrets = (reader.Optional($"{name}:Secret") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!Array.TrueForAll(secrets, s => s.Length >= SecretAtLeast))
        {
            reader.Fault($"{name}:Secret", $"has fewer than {SecretAtLeast} characters");
        }

        var keys = Keys(reader, $"{name}:Jwks");
        if ((secrets.Length == 0) == (keys.Count == 0))
        {
            reader.Fault($"{name}:Secret", $"or {name.Replace(":", "__", StringComparison.Ordinal)}__Jwks has to be set, one of the two: how it proves who it is");
        }

        return new()
        {
            Id = client,
            Tenant = reader.Required($"{name}:Tenant", "the tenant whose users it signs in"),
            Name = reader.Optional($"{name}:Name") ?? client,
            RedirectUris = redirects,
            Secrets = secrets,
            Keys = keys,
            TakesFirstStep = reader.Choice($"{name}:FirstStep", FirstStep.Issuer) == FirstStep.Own,
            NamesById = reader.Choice($"{name}:Hint", Hint.Name) == Hint.Id,
            Insists = reader.Flag($"{name}:Insists", false),
            UsesApi = reader.Flag($"{name}:Api", false),
            UsesBackchannel = backchannel,
            IsBlind = reader.Flag($"{name}:Blind", false),
        };
    }

    private static List<SecurityKey> Keys(SettingsReader reader, string name)
    {
        if (reader.Optional(name) is not { } text)
        {
            return [];
        }

        try
        {
            // Whoever puts a private key there has given it away.
            var keys = new JsonWebKeySet(text).Keys.Where(k => k.Kty is "RSA" or "EC" && !k.HasPrivateKey).ToList<SecurityKey>();
            if (keys.Count > 0)
            {
                return keys;
            }
        }
        catch (ArgumentException)
        {
            // Told below.
        }

        reader.Fault(name, "is not a JSON Web Key Set with public RSA or EC keys (RFC 7517)");
        return [];
    }

    private enum Hint
    {
        Name,
        Id,
    }

    private enum FirstStep
    {
        Issuer,
        Own,
    }
}
