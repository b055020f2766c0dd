namespace Mfa.Acs;

/// <summary>What is the same for every resource of Azure Communication Services.</summary>
public static class AcsDefaults
{
    /// <summary>The settings that need not be set. Source: how to secure Call Automation's web hooks, at learn.microsoft.com.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Carrier:CallbackIssuer"] = "https://acscallautomation.communication.azure.com",
        ["Carrier:CallbackOpenId"] = "https://acscallautomation.communication.azure.com/calling/.well-known/acsopenidconfiguration",
    };
}
