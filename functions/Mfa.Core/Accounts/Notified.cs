namespace Mfa.Core;

/// <summary>A notification that nobody has agreed to.</summary>
/// <param name="VerificationId">The verification that it is for.</param>
/// <param name="Slot">Which place in the devices' inboxes it has, from 0.</param>
/// <param name="At">When it was sent.</param>
public sealed record Notified(string VerificationId, int Slot, DateTimeOffset At)
{
    /// <summary>Whether the user said no to it.</summary>
    public bool IsRefused { get; init; }
}
