using Mfa.Web;

namespace Mfa.Acs;

/// <summary>How the carrier is reached: with a key, or as the head's identity.</summary>
/// <param name="ConnectionString">With a key; null where the identity is used.</param>
/// <param name="Endpoint">The carrier's address, for the identity.</param>
/// <param name="Speech">Who makes speech of words in calls; null where the carrier can do so itself.</param>
public sealed record AcsConnection(string? ConnectionString, Uri Endpoint, Uri? Speech)
{
    private const string Key = "Carrier:ConnectionString";
    private const string Address = "Carrier:Endpoint";
    private const string SpeechAddress = "Carrier:SpeechEndpoint";

    /// <summary>Prints no key.</summary>
    public override string ToString() => $"carrier at {Endpoint}";

    public static AcsConnection Read(SettingsReader reader)
    {
        var speech = reader.Optional(SpeechAddress) is null ? null : reader.Address(SpeechAddress, "");
        if (reader.Optional(Key) is not { } text)
        {
            var address = reader.Address(Address, "the address of the Azure Communication Services resource; or set Carrier__ConnectionString, or Carrier__Kind to none");
            if (address.Scheme != "https" && address.Host != "invalid.invalid")
            {
                // A token of the identity goes there.
                reader.Fault(Address, "is not https");
            }

            return new(null, address, speech);
        }

        if (reader.Optional(Address) is not null)
        {
            reader.Fault(Address, "can't stand beside Carrier__ConnectionString");
        }

        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2)).Where(p => p.Length == 2)
            .ToLookup(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        if (Uri.TryCreate(parts["endpoint"].FirstOrDefault(), UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https" && IsKey(parts["accesskey"].FirstOrDefault()))
        {
            return new(text, endpoint!, speech);
        }

        reader.Fault(Key, "is not of the form endpoint=https://…/;accesskey=… with a key in base64");
        return new(text, new Uri("http://invalid.invalid/"), speech);
    }

    private static bool IsKey(string? text) => text is { Length: > 0 } && Convert.TryFromBase64String(text, new byte[text.Length], out var length) && length > 0;
}
