namespace Mfa.Web;

/// <summary>The settings are wrong; every fault is named, each with the setting's name.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception("Settings: " + string.Join("; ", faults))
{
    /// <summary>One line a fault.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
