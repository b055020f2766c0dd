using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>An effect that is still to be done, or is being done by the owner of its lease.</summary>
/// <param name="Number">Its number in the verification, from 1.</param>
/// <param name="Effect">What to do.</param>
/// <param name="DueAt">When whoever looks next may take it: the end of the lease, of the pause before a retry, or of a planned delay.</param>
/// <param name="FirstTriedAt">When somebody first set out to do it.</param>
/// <param name="Tries">How often somebody set out to do it.</param>
/// <param name="Refusals">How many of the tries are known to have done nothing; the outcome of the others is unknown.</param>
/// <param name="Carrier">Of a text or a call, the name of the carrier that is asked; null for the only one there was.</param>
public sealed record PendingEffect(int Number, Effect Effect, DateTimeOffset DueAt, DateTimeOffset? FirstTriedAt = null, int Tries = 0, int Refusals = 0, string? Carrier = null)
{
    /// <summary>Whether the outcome of a try before this one is unknown: it may have been done.</summary>
    [JsonIgnore]
    public bool MayBeDone => Tries - 1 > Refusals;

    /// <summary>The id under which the carrier recognises a repeat (a UUID in the form of RFC 9562 version 4, the same for every try).</summary>
    public Guid RequestId(string verificationId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{verificationId}/{Number}"), hash);
        // The carrier asks for version 4; the bits are as good as random.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
