using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Protobuf;

namespace Mfa.Functions.Tests;

/// <summary>
/// Between a clock and Durable's in-process host: answers as the Functions host on Azure Storage was seen to, where the in-process
/// host does otherwise. That one takes a second start of a running instance and can't run it any more, and loses an event to an
/// instance that has ended or isn't there without a word.
/// </summary>
/// <param name="durable">Asks the in-process host itself how an instance stands.</param>
internal sealed class HostAnswers(Func<DurableTaskClient> durable) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation) => request switch
        {
            CreateInstanceRequest start => After(start.InstanceId, StartIsRefused, () => continuation(request, context)),
            RaiseEventRequest raise => After(raise.InstanceId, EventIsRefused, () => continuation(request, context)),
            _ => continuation(request, context),
        };

    private static StatusCode? StartIsRefused(OrchestrationMetadata? instance) => instance is { IsCompleted: false } ? StatusCode.AlreadyExists : null;

    private static StatusCode? EventIsRefused(OrchestrationMetadata? instance) => instance is null ? StatusCode.NotFound : instance.IsCompleted ? StatusCode.FailedPrecondition : null;

    private AsyncUnaryCall<TResponse> After<TResponse>(string id, Func<OrchestrationMetadata?, StatusCode?> refuse, Func<AsyncUnaryCall<TResponse>> go)
    {
        return new(AnswerAsync(), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });

        async Task<TResponse> AnswerAsync() =>
            refuse(await durable().GetInstanceAsync(id)) is { } status ? throw new RpcException(new Status(status, "Refused, as on Azure.")) : await go();
    }
}
