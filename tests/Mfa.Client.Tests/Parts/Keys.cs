using System.Security.Cryptography;

namespace Mfa.Client.Tests;

/// <summary>Keys of assertions as settings have them.</summary>
internal static class Keys
{
    public static string New(string algorithm)
    {
        using AsymmetricAlgorithm key = algorithm == "ES256" ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }
}
