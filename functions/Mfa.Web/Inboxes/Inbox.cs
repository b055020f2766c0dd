namespace Mfa.Web;

/// <summary>A device's inbox as it was read.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Key">Its public key.</param>
/// <param name="IsGone">Whether the account has it no more.</param>
/// <param name="Sealed">Where it is woken, sealed; null where it can't be.</param>
/// <param name="Items">What it is asked, in the form of <see cref="InboxItem"/>, the oldest first.</param>
/// <param name="Version">Differs whenever what the device sees differs.</param>
public sealed record Inbox(string DeviceId, string Key, bool IsGone, string? Sealed, IReadOnlyList<string> Items, long Version)
{
    /// <summary>Prints no address.</summary>
    public override string ToString() => nameof(Inbox);
}
