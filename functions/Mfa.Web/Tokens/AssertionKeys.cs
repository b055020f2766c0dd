using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Web;

/// <summary>The keys that sign assertions (ES256): the newest signs, all are published.</summary>
public sealed class AssertionKeys
{
    private AssertionKeys(IReadOnlyList<ECDsaSecurityKey> all, ECDsaSecurityKey? newest) => (All, _newest) = (all, newest);

    private readonly ECDsaSecurityKey? _newest;

    public IReadOnlyList<ECDsaSecurityKey> All { get; }

    public SigningCredentials Signing => new(_newest, SecurityAlgorithms.EcdsaSha256);

    public static AssertionKeys Read(SettingsReader reader)
    {
        var keys = reader.Children("Assertion:Keys").Select(k => ReadKey(reader, k.Id, k.Name)).OfType<ECDsaSecurityKey>().ToList();
        var newest = reader.Required("Assertion:Newest", "the id of the key that signs assertions");
        var signing = keys.FirstOrDefault(k => k.KeyId == newest);
        if (newest.Length > 0 && signing is null)
        {
            reader.Fault("Assertion:Newest", $"names a key that is not there: Assertion__Keys__{newest}");
        }

        return new(keys, signing);
    }

    private static ECDsaSecurityKey? ReadKey(SettingsReader reader, string id, string name)
    {
        const string what = "a P-256 private key, PKCS#8 as base64";
        var bytes = reader.Bytes(name, what, null);
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(bytes, out _);
            if (key.KeySize == 256)
            {
                return new ECDsaSecurityKey(key) { KeyId = id };
            }
        }
        catch (CryptographicException)
        {
            // Told below, without the value.
        }

        key.Dispose();
        if (bytes.Length > 0)
        {
            reader.Fault(name, $"is not {what}");
        }

        return null;
    }
}
