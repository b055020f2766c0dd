using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Mfa.Web;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mfa.Functions.Tests;

/// <summary>What the clock makes of a host that says no.</summary>
public sealed class DurableClockTests
{
    [Fact]
    public Task A_start_that_is_refused_because_it_runs_is_a_start() =>
        Clock(StatusCode.AlreadyExists).StartAsync("v", DateTimeOffset.UtcNow, CancellationToken.None);

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.DeadlineExceeded)]
    public async Task A_host_that_can_not_be_told_is_a_clock_that_is_unavailable(StatusCode status)
    {
        await Assert.ThrowsAsync<ClockUnavailableException>(() => Clock(status).StartAsync("v", DateTimeOffset.UtcNow, CancellationToken.None));
        await Assert.ThrowsAsync<ClockUnavailableException>(() => Clock(status).WakeEarlierAsync("v", DateTimeOffset.UtcNow, CancellationToken.None));
    }

    private static DurableClock Clock(StatusCode status)
    {
        var nowhere = GrpcChannel.ForAddress("http://localhost:9").Intercept(new Refusal(status));
        var clock = new DurableClock(TimeProvider.System);
        clock.Use(new GrpcDurableTaskClient("clock", new() { CallInvoker = nowhere }, NullLogger.Instance));
        return clock;
    }

    private sealed class Refusal(StatusCode status) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(status, "Refused."));
    }
}
