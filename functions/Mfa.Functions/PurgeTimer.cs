using Mfa.Core;
using Mfa.Web;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Mfa.Functions;

/// <summary>Forgets what is over, every hour: enrollments with their verifications, and the histories of their clocks.</summary>
public sealed class PurgeTimer(Purge purge, DurableClock clock, AccountPolicy policy, TimeProvider time)
{
    private static readonly OrchestrationRuntimeStatus[] s_over = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    [Function("Purge")]
    public async Task RunAsync([TimerTrigger("0 17 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        clock.Use(client);
        await purge.RunAsync(cancel);
        await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: time.GetUtcNow() - policy.KeepFor, Statuses: s_over), cancel);
    }
}
