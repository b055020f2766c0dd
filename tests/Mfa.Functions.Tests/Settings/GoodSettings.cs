using System.Security.Cryptography;

namespace Mfa.Functions.Tests;

/// <summary>Settings that start the head.</summary>
internal static class GoodSettings
{
    public static Dictionary<string, string?> All()
    {
        using var assertion = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var push = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new()
        {
            ["AzureWebJobsStorage:accountName"] = "mfahost",
            ["Service:PublicUrl"] = "https://mfa.example",
            ["Service:Name"] = "Contoso",
            ["Storage:TableServiceUri"] = "https://mfatables.table.core.windows.net",
            ["Auth:Authority"] = "https://login.example",
            ["Auth:Audience"] = "api://mfa",
            ["KeyRing:Keys:k1"] = Convert.ToBase64String(new byte[32]),
            ["KeyRing:Newest"] = "k1",
            ["KeyRing:IndexKey"] = Convert.ToBase64String(new byte[32]),
            ["Assertion:Keys:a1"] = Convert.ToBase64String(assertion.ExportPkcs8PrivateKey()),
            ["Assertion:Newest"] = "a1",
            ["Carrier:Endpoint"] = "https://contoso.communication.azure.com/",
            ["Carrier:From"] = "+18005550100",
            ["Carrier:CallbackIssuer"] = "https://acscallautomation.communication.azure.com",
            ["Carrier:CallbackOpenId"] = "https://acscallautomation.communication.azure.com/calling/.well-known/acsopenidconfiguration",
            ["Carrier:CallbackAudience"] = "7f0c1e5a-4b62-4d39-9a58-1c2d3e4f5a6b",
            ["Carrier:SpeechEndpoint"] = "https://speech.cognitiveservices.azure.com/",
            ["Carrier:TextEventsSecrets"] = "0123456789abcdef0123456789abcdef",
            ["Push:VapidKey"] = Convert.ToBase64String(push.ExportPkcs8PrivateKey()),
            ["Push:Subject"] = "mailto:ops@contoso.example",
            ["Policy:AllowedRegions"] = "NL,BE",
        };
    }
}
