using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>
/// The keys that sign answers to Entra: the newest signs, all are published. Entra keeps them for a day or two, so a key is published for two days before it signs,
/// and two days after; docs/keys.md has the steps.
/// </summary>
public sealed class ExternalMfaKeys
{
    private readonly ExternalMfaKey? _newest;

    private ExternalMfaKeys(IEnumerable<ExternalMfaKey> all, ExternalMfaKey? newest)
    {
        _newest = newest;
        Published = new JsonObject { ["keys"] = new JsonArray([.. all.Select(k => k.Public)]) }.ToJsonString();
    }

    /// <summary>None, where external MFA is off.</summary>
    public static ExternalMfaKeys None { get; } = new([], null);

    /// <summary>The public keys (RFC 7517).</summary>
    public string Published { get; }

    /// <summary>What signs.</summary>
    public SigningCredentials Signing => _newest?.Signing ?? throw new InvalidOperationException("External MFA is off.");

    public static ExternalMfaKeys Read(SettingsReader reader)
    {
        var keys = reader.Children("ExternalMfa:Keys").ToDictionary(k => k.Id, k => ExternalMfaKey.Read(reader, k.Name));
        var newest = reader.Required("ExternalMfa:Newest", "the id of the key that signs answers to Entra");
        if (newest.Length > 0 && !keys.ContainsKey(newest))
        {
            reader.Fault("ExternalMfa:Newest", $"names a key that is not there: ExternalMfa__Keys__{newest}");
        }

        return new(keys.Values.OfType<ExternalMfaKey>(), keys.GetValueOrDefault(newest));
    }
}
