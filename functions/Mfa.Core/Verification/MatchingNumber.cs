using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mfa.Core;

/// <summary>The digits that stand on the screen and are entered on the phone or in the app: 10 to 99, or as many more as are asked for.</summary>
public static class MatchingNumber
{
    /// <summary>Derives them from the verification's key, so that nothing but the key is stored.</summary>
    /// <param name="key">The verification's key.</param>
    /// <param name="verificationId">Its id.</param>
    /// <param name="digits">How many digits, from 2 to 6.</param>
    public static int Derive(Secret key, string verificationId, int digits = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 6);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"match/{verificationId}"), hash);
        var least = (int)Math.Pow(10, digits - 1);
        return least + (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)(9 * least));
    }
}
