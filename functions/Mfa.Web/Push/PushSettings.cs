using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>How authenticator apps are woken.</summary>
/// <param name="PublicKey">The public key of this service, base64url; null where no app is woken.</param>
/// <param name="PrivateKey">The private key, base64url.</param>
/// <param name="Subject">Whom a push service writes to: a <c>mailto:</c> or <c>https:</c> address (RFC 8292 section 2.1).</param>
/// <param name="AllowedHosts">The push services: hosts, <c>*.</c> before one for all below it, or <c>*</c> for any.</param>
/// <param name="AllowLoopback">Whether one may be on this machine, by http and at any port: on a laptop.</param>
public sealed record PushSettings(string? PublicKey, string? PrivateKey, string Subject, IReadOnlyList<string> AllowedHosts, bool AllowLoopback)
{
    // Those of Chrome, Firefox, Edge and Safari.
    private const string Usual = "fcm.googleapis.com,*.push.services.mozilla.com,*.notify.windows.com,web.push.apple.com";

    /// <summary>Prints no key.</summary>
    public override string ToString() => nameof(PushSettings);

    public static PushSettings Read(SettingsReader reader)
    {
        var (publicKey, privateKey) = Key(reader);
        var subject = reader.Optional("Push:Subject") ?? "";
        var isAddress = Uri.TryCreate(subject, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeMailto || address.Scheme == Uri.UriSchemeHttps);
        if (reader.Optional("Push:VapidKey") is not null && !isAddress)
        {
            reader.Fault("Push:Subject", "is no mailto: or https: address at which the push services reach you");
        }

        var hosts = (reader.Optional("Push:AllowedHosts") ?? Usual).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var host in hosts.Where(h => h != "*" && Uri.CheckHostName(h.StartsWith("*.", StringComparison.Ordinal) ? h[2..] : h) != UriHostNameType.Dns))
        {
            reader.Fault("Push:AllowedHosts", $"has what is no host: {host}");
        }

        return new(publicKey, privateKey, subject, hosts, reader.Flag("Push:AllowLoopback", false));
    }

    private static (string? Public, string? Private) Key(SettingsReader reader)
    {
        if (reader.Optional("Push:VapidKey") is not { } text)
        {
            return default;
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
            var parameters = key.ExportParameters(includePrivateParameters: true);
            if (key.KeySize == 256 && parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value)
            {
                return (WebEncoders.Base64UrlEncode([4, .. parameters.Q.X!, .. parameters.Q.Y!]), WebEncoders.Base64UrlEncode(parameters.D!));
            }
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            // Told below.
        }

        reader.Fault("Push:VapidKey", "is no private key on P-256 in PKCS#8 as base64");
        return default;
    }
}
