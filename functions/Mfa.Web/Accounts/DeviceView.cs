using Mfa.Core;

namespace Mfa.Web;

/// <summary>A device as its user and an admin see it.</summary>
/// <param name="Name">What its user calls it.</param>
/// <param name="Platform">What it runs on.</param>
/// <param name="Locked">True once too many wrong PINs locked it: it has to be set up anew.</param>
public sealed record DeviceView(string Name, string Platform, bool? Locked)
{
    /// <summary>The device of a method; null where it has none.</summary>
    public static DeviceView? Of(ContactMethod method, AccountPolicy policy) =>
        method.Device is { } device ? new(device.Name, device.Platform, device.IsLocked(policy) ? true : null) : null;
}
