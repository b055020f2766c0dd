using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>In which ways a kind of method can prove its user.</summary>
public static class Ways
{
    /// <summary>The ways, the usual one first. A number that can be no mobile gets no texts.</summary>
    /// <param name="kind">The kind of method.</param>
    /// <param name="phone">Its number, of a phone.</param>
    /// <param name="hasDevice">Whether it is a device that gets notifications.</param>
    public static ImmutableArray<How> Of(MethodKind kind, PhoneNumber? phone, bool hasDevice = false) => kind switch
    {
        MethodKind.MobileApp when hasDevice => [How.Notification, How.Code],
        MethodKind.MobileApp => [How.Code],
        MethodKind.OfficePhone => [How.Call],
        _ when phone is { CanBeMobile: false } => [How.Call],
        _ => [How.Text, How.Call],
    };
}
