using System.Diagnostics.CodeAnalysis;

namespace Mfa.Local;

/// <summary>Where a telephone network is, and the key that requests to it are signed with.</summary>
public sealed class NetworkConnection
{
    private readonly byte[] _key;

    private NetworkConnection(Uri endpoint, byte[] key) => (Endpoint, _key) = (endpoint, key);

    /// <summary>The base of its addresses, with a slash at the end.</summary>
    public Uri Endpoint { get; }

    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>Reads a connection string as Azure Communication Services writes it: <c>endpoint=http://…/;accesskey=…</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NetworkConnection? connection)
    {
        connection = null;
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var accessKey = parts["accesskey"].FirstOrDefault() ?? "";
        var key = new byte[accessKey.Length];
        if (Uri.TryCreate(parts["endpoint"].FirstOrDefault(), UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            && Convert.TryFromBase64String(accessKey, key, out var length) && length > 0)
        {
            connection = new(new Uri(endpoint!.GetLeftPart(UriPartial.Authority)), key[..length]);
        }

        return connection is not null;
    }

    /// <summary>Prints no key.</summary>
    public override string ToString() => $"network at {Endpoint}";
}
