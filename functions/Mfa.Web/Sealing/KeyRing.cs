using System.Security.Cryptography;
using System.Text;

namespace Mfa.Web;

/// <summary>The keys that seal secrets at rest: the newest seals, all open. The index key makes the names of rows and never changes.</summary>
public sealed class KeyRing
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    // Between the key's id and what it sealed.
    private const char Dot = '.';

    private readonly IReadOnlyDictionary<string, byte[]> _keys;
    private readonly string _newest;
    private readonly byte[] _indexKey;

    private KeyRing(IReadOnlyDictionary<string, byte[]> keys, string newest, byte[] indexKey) =>
        (_keys, _newest, _indexKey) = (keys, newest, indexKey);

    public static KeyRing Read(SettingsReader reader)
    {
        var keys = reader.Children("KeyRing:Keys").ToDictionary(k => k.Id, k => reader.Bytes(k.Name, "a key of 32 bytes as base64", KeyBytes));
        foreach (var id in keys.Keys.Where(id => id.Contains(Dot, StringComparison.Ordinal)))
        {
            reader.Fault($"KeyRing:Keys:{id}", "has a dot in its id: what it seals would never open");
        }

        var newest = reader.Required("KeyRing:Newest", "the id of the key that seals");
        if (newest.Length > 0 && !keys.ContainsKey(newest))
        {
            reader.Fault("KeyRing:Newest", $"names a key that is not there: KeyRing__Keys__{newest}");
        }

        return new(keys, newest, reader.Bytes("KeyRing:IndexKey", "32 bytes as base64, made once and never changed", KeyBytes));
    }

    /// <summary>Seals a secret with AES-256-GCM; it opens only in the same place.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="place">Table, keys and column: the associated data.</param>
    public string Seal(ReadOnlySpan<byte> secret, string place)
    {
        Span<byte> sealedBytes = stackalloc byte[NonceBytes + TagBytes + secret.Length];
        RandomNumberGenerator.Fill(sealedBytes[..NonceBytes]);
        using var aes = new AesGcm(_keys[_newest], TagBytes);
        aes.Encrypt(sealedBytes[..NonceBytes], secret, sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(place));
        return $"{_newest}{Dot}{Convert.ToBase64String(sealedBytes)}";
    }

    /// <summary>Opens what was sealed in this place.</summary>
    /// <exception cref="CryptographicException">It was sealed elsewhere, with a key that is gone, or was changed.</exception>
    public byte[] Open(string text, string place)
    {
        var dot = text.IndexOf(Dot, StringComparison.Ordinal);
        if (dot < 0 || !_keys.TryGetValue(text[..dot], out var key))
        {
            throw new CryptographicException("A secret is sealed with a key that is not in the ring.");
        }

        var bytes = Convert.FromBase64String(text[(dot + 1)..]);
        var secret = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), secret, Encoding.UTF8.GetBytes(place));
        return secret;
    }

    /// <summary>The id of the key that seals.</summary>
    public string Newest => _newest;

    /// <summary>HMAC-SHA256 under a key derived from one of the ring, of parts that can't run into each other; null where that key is gone.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="purpose">Keeps the hashes of one use apart from those of another, and from what the key seals.</param>
    /// <param name="parts">What is hashed.</param>
    public byte[]? Hash(string keyId, string purpose, params ReadOnlySpan<string> parts) =>
        _keys.TryGetValue(keyId, out var key) ? Hmac(HKDF.Expand(HashAlgorithmName.SHA256, key, KeyBytes, Encoding.UTF8.GetBytes(purpose)), purpose, parts) : null;

    /// <summary>HMAC-SHA256 under the index key, of parts that can't run into each other.</summary>
    /// <param name="purpose">Keeps the hashes of one use apart from those of another.</param>
    /// <param name="parts">What is hashed.</param>
    public byte[] Index(string purpose, params ReadOnlySpan<string> parts) => Hmac(_indexKey, purpose, parts);

    private static byte[] Hmac(byte[] key, string purpose, ReadOnlySpan<string> parts)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Append(hmac, purpose);
        foreach (var part in parts)
        {
            Append(hmac, part);
        }

        return hmac.GetHashAndReset();
    }

    private static void Append(IncrementalHash hmac, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        hmac.AppendData(BitConverter.GetBytes(bytes.Length));
        hmac.AppendData(bytes);
    }
}
