using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>Secret bytes (a key, a TOTP seed) that can't print themselves and are compared in fixed time.</summary>
[DebuggerDisplay("***")]
[JsonConverter(typeof(NeverJson<Secret>))]
public sealed class Secret : IEquatable<Secret>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;

    private Secret(byte[] bytes) => _bytes = bytes;

    /// <summary>The secret itself.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A secret of a copy of these bytes.</summary>
    /// <exception cref="ArgumentException">No bytes: an empty key protects nothing.</exception>
    public static Secret From(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? throw new ArgumentException("A secret has at least one byte.", nameof(bytes)) : new(bytes.ToArray());

    public bool Equals(Secret? other) => other is not null && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => "***";
}
