using DurableTask.Core.Exceptions;
using Grpc.Core;
using Mfa.Web;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Mfa.Functions;

/// <summary>The clock on Azure: one orchestration a verification, under the verification's id.</summary>
public sealed class DurableClock(TimeProvider time) : IVerificationClock
{
    private DurableTaskClient? _client;

    /// <summary>
    /// Takes the client that the host bound to a function. The host hands it out to functions only; it is the same one for all,
    /// for as long as this process lives.
    /// </summary>
    public void Use(DurableTaskClient client) => Volatile.Write(ref _client, client);

    // A finished one of this id runs again, finds nothing to do and ends.
    public Task StartAsync(string verificationId, DateTimeOffset wakeAt, CancellationToken cancel) => TellAsync(async client =>
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(VerificationClock), VerificationClock.NextLook(wakeAt, time.GetUtcNow()), new StartOrchestrationOptions(verificationId), cancel);
        }
        catch (Exception e) when (e is OrchestrationAlreadyExistsException or RpcException { StatusCode: StatusCode.AlreadyExists })
        {
            // It runs already. Which of the two it is depends on the version of the host's extension.
        }
    });

    public Task WakeEarlierAsync(string verificationId, DateTimeOffset wakeAt, CancellationToken cancel) => TellAsync(async client =>
    {
        try
        {
            await client.RaiseEventAsync(verificationId, VerificationClock.Changed, wakeAt, cancel);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // It is not there, or ended before its time.
            await StartAsync(verificationId, wakeAt, cancel);
        }
    });

    private async Task TellAsync(Func<DurableTaskClient, Task> tell)
    {
        try
        {
            await tell(Volatile.Read(ref _client) ?? throw new InvalidOperationException("The function has no [DurableClient]."));
        }
        catch (RpcException e)
        {
            throw new ClockUnavailableException(e);
        }
    }
}
