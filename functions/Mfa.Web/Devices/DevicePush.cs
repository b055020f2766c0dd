using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>PUT /devices/{id}/push: where a device is woken.</summary>
public sealed class DevicePush(InboxRows inboxes, PushEndpoints endpoints, SecretColumns secrets, TimeProvider time)
{
    public async Task<IResult> PutAsync(Call call)
    {
        var proof = call.TheDevice;
        var fields = await Fields.ReadAsync(call.Request);
        if (await inboxes.FindAsync(proof.DeviceId, call.Aborted) is not { } inbox || !proof.IsSignedBy(inbox.Key))
        {
            return DeviceProof.Refusal(time.GetUtcNow());
        }

        if (inbox.IsGone)
        {
            return DeviceRequests.Gone();
        }

        var subscription = await ReadAsync(fields, call.Aborted);
        await inboxes.SubscribeAsync(proof.DeviceId, secrets.SealSubscription(proof.DeviceId, StoredSubscription.Write(subscription)), call.Aborted);
        return Results.NoContent();
    }

    /// <summary>Reads a subscription.</summary>
    /// <exception cref="BadRequestException">It is none, or of no push service that may be used.</exception>
    public async Task<PushSubscription> ReadAsync(Fields fields, CancellationToken aborted)
    {
        var subscription = PushSubscription.Read(fields);
        var fault = subscription is null ? "This is no push subscription: an endpoint, and keys with p256dh and auth." : await endpoints.FaultAsync(subscription.Endpoint, aborted);
        return fault is null ? subscription! : throw new BadRequestException(Problem.Of(StatusCodes.Status422UnprocessableEntity, "push-endpoint", fault));
    }
}
