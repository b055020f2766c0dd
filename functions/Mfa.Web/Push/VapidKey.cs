using System.Buffers.Text;
using System.Security.Cryptography;

namespace Mfa.Web;

/// <summary>The key that says who wakes (RFC 8292). A subscription is bound to it: it is made once and never changed.</summary>
public sealed class VapidKey
{
    private const string What = "a P-256 private key, PKCS#8 as base64";
    private const string P256 = "1.2.840.10045.3.1.7";

    private VapidKey(ECDsa key, byte[] point, byte[] secret) => (Key, Public, Private) = (key, Base64Url.EncodeToString(point), Base64Url.EncodeToString(secret));

    /// <summary>The key.</summary>
    public ECDsa Key { get; }

    /// <summary>Its public half: an uncompressed point (65 bytes), base64url.</summary>
    public string Public { get; }

    /// <summary>Its private half: 32 bytes, base64url.</summary>
    internal string Private { get; }

    /// <summary>Prints nothing of itself.</summary>
    public override string ToString() => nameof(VapidKey);

    /// <summary>Reads the key; null, and the fault told, where the setting holds none.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="name">The setting that holds it.</param>
    public static VapidKey? Read(SettingsReader reader, string name)
    {
        var bytes = reader.Bytes(name, What, null);
        var key = bytes.Length == 0 ? null : Imported(bytes);
        if (key is null && bytes.Length > 0)
        {
            reader.Fault(name, $"is not {What}");
        }

        return key;
    }

    private static VapidKey? Imported(byte[] bytes)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(bytes, out _);
            var parts = key.ExportParameters(includePrivateParameters: true);
            // Other curves have 256 bits too.
            if (parts.Curve.Oid?.Value == P256)
            {
                return new(key, [4, .. parts.Q.X!, .. parts.Q.Y!], parts.D!);
            }
        }
        catch (CryptographicException)
        {
            // It is of another type, or none; told without the value.
        }

        key.Dispose();
        return null;
    }
}
