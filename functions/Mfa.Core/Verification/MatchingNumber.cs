using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mfa.Core;

/// <summary>The two digits that stand on the screen and are entered on the phone, 10 to 99.</summary>
public static class MatchingNumber
{
    /// <summary>Derives them from the verification's key, so that nothing but the key is stored.</summary>
    public static int Derive(Secret key, string verificationId)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"match/{verificationId}"), hash);
        return 10 + (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % 90);
    }
}
