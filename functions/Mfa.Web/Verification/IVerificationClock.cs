namespace Mfa.Web;

/// <summary>
/// Looks at a verification again when it is time, until it is over, whatever happens to whoever started it. It holds no logic:
/// each time, it calls <see cref="VerificationAdvance.AdvanceAsync"/> and comes back at the time that this answers; within 60 seconds,
/// unless the answer says that none before is needed.
/// </summary>
public interface IVerificationClock
{
    /// <summary>Starts the clock of a verification that is about to be saved. Starting it twice is harmless.</summary>
    /// <param name="verificationId">The verification.</param>
    /// <param name="wakeAt">When to look first.</param>
    /// <param name="cancel">Cancels the request to the clock's storage.</param>
    /// <exception cref="ClockUnavailableException">It can't be started now.</exception>
    Task StartAsync(string verificationId, DateTimeOffset wakeAt, CancellationToken cancel);

    /// <summary>Tells that the clock must look earlier than it was last told.</summary>
    /// <exception cref="ClockUnavailableException">It can't be told now.</exception>
    Task WakeEarlierAsync(string verificationId, DateTimeOffset wakeAt, CancellationToken cancel);
}
