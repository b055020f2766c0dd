namespace Mfa.Contract;

/// <summary>Waits of a test's length.</summary>
internal static class ShortWaits
{
    /// <summary>The settings.</summary>
    public static Dictionary<string, string?> Settings() => new()
    {
        ["Policy:CallRetryAfter"] = "00:00:00.2",
        ["Policy:Silence"] = "00:00:01",
        ["Policy:LateKeys"] = "00:00:00.5",
        ["Policy:RepeatWithin"] = "00:00:06",
    };
}
