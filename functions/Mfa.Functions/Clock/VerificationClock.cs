using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Mfa.Functions;

/// <summary>
/// The orchestration of one verification, instance id = verification id. It decides nothing and knows no secret: it waits until it
/// is time, or until it is told of an earlier time, and has the verification looked at.
/// </summary>
/// <remarks>
/// A running one is replayed, so the order of its calls never changes: a change of it gets a new name, and this one stays until
/// the last of its instances has ended, a quarter of an hour after the deployment.
/// </remarks>
public static class VerificationClock
{
    /// <summary>The event that tells of an earlier time; it carries the time.</summary>
    public const string Changed = "Changed";

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    // A timer is a queue message hidden for whole seconds, rounded down: it fires up to a second early, and a look that comes
    // early finds nothing due and asks for the next, many times over.
    private static readonly TimeSpan s_early = TimeSpan.FromSeconds(1);

    // Storage that is away for longer than this leaves the verification to whoever reads it.
    private static readonly TaskOptions s_tryAgain = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 30, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(60)));

    [Function(nameof(VerificationClock))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, DateTimeOffset lookAt)
    {
        var changed = context.WaitForExternalEvent<DateTimeOffset>(Changed);
        for (var looks = 1; ; looks++)
        {
            var isDue = false;
            while (!isDue)
            {
                using var told = new CancellationTokenSource();
                var timer = context.CreateTimer(lookAt.UtcDateTime + s_early, told.Token);
                isDue = await Task.WhenAny(timer, changed) == timer;
                if (!isDue)
                {
                    told.Cancel();
                    lookAt = Earlier(lookAt, await changed);
                    changed = context.WaitForExternalEvent<DateTimeOffset>(Changed);
                }
            }

            var look = await context.CallActivityAsync<Look>(nameof(VerificationLook), new LookAt(context.InstanceId, looks), s_tryAgain);
            context.SetCustomStatus(new { look.State, look.Attempt });
            if (look.Again is not { } again)
            {
                return;
            }

            lookAt = again;
        }
    }

    /// <summary>
    /// When to look: at the time that is asked for, but regularly too, in case the telling of an earlier one was lost, and never
    /// at once again: what is due but can't be done now must not make a loop.
    /// </summary>
    public static DateTimeOffset NextLook(DateTimeOffset wakeAt, DateTimeOffset now) =>
        wakeAt < now + s_pause ? now + s_pause : Earlier(wakeAt, now + s_longest);

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
