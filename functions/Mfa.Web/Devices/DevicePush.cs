using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>PUT /devices/{id}/push: where a device is woken.</summary>
public sealed class DevicePush(InboxRows inboxes, PushEndpoints endpoints, SecretColumns secrets, TimeProvider time)
{
    private const int KeyAtMost = 100;

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
        var keys = fields.Part("keys");
        var taken = await endpoints.TakeAsync(fields.Text("endpoint", PushSubscription.EndpointAtMost), keys?.Text("p256dh", KeyAtMost), keys?.Text("auth", KeyAtMost), aborted);
        return taken.Subscription ?? throw new BadRequestException(Problem.Of(StatusCodes.Status422UnprocessableEntity, "push-endpoint") with { Errors = Problem.Wrong("endpoint", taken.Fault!) });
    }
}
