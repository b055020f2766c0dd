using System.Security.Cryptography;
using System.Text;

namespace Mfa.Web;

/// <summary>The carrier's ids as they are remembered.</summary>
public static class EventIds
{
    /// <summary>The longest id of a call that is kept.</summary>
    public const int CallIdAtMost = 128;

    /// <summary>72 bits of a hash: short, and of one length whatever the carrier sends.</summary>
    public static string Of(string id) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 9));
}
