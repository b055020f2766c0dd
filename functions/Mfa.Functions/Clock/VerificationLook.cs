using Mfa.Web;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Mfa.Functions;

/// <summary>The activity of the clock: does what is due, and tells when to look again.</summary>
public sealed class VerificationLook(VerificationAdvance advance, DurableClock clock, TimeProvider time)
{
    private const int LooksForMissing = 3;
    private static readonly TimeSpan s_missing = TimeSpan.FromSeconds(5);

    [Function(nameof(VerificationLook))]
    public async Task<Look> RunAsync([ActivityTrigger] LookAt at, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        clock.Use(client);
        var found = await advance.AdvanceAsync(at.VerificationId, cancel);
        var now = time.GetUtcNow();
        // The clock is started before the row is saved; a row that never comes is looked for a few times.
        DateTimeOffset? again = found.Found ? found.WakeAt : at.Number < LooksForMissing ? now + s_missing : null;
        // Where nothing can become due without a request, no look is needed before.
        return new(again is not { } next ? null : found.NotBefore ? next : VerificationClock.NextLook(next, now), found.State is { } state ? Names.Camel(state) : null, found.Attempt);
    }
}
