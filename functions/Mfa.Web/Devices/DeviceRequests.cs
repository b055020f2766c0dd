using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET /devices/{id}/requests: what a device is asked, at once or as soon as that changes. One read, each time it looks.</summary>
public sealed class DeviceRequests(InboxRows inboxes, Changes changes, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    public async Task<IResult> GetAsync(Call call)
    {
        var (waiting, proof) = (Waiting.Read(call.Request), call.TheDevice);
        using var listening = changes.Listen(InboxNames.RowKey(proof.DeviceId));
        var since = time.GetTimestamp();
        while (true)
        {
            // Taken before reading, so that a save between the two is not missed.
            var next = listening.Next;
            if (await inboxes.FindAsync(proof.DeviceId, call.Aborted) is not { } inbox || !proof.IsSignedBy(inbox.Key))
            {
                return DeviceProof.Refusal(time.GetUtcNow());
            }

            if (inbox.IsGone)
            {
                return Gone();
            }

            var left = waiting.For - time.GetElapsedTime(since);
            if (waiting.Seen != inbox.Version || left <= TimeSpan.Zero)
            {
                return Results.Text($$"""{"version":{{inbox.Version}},"items":{{CanonicalJson.List(inbox.Items)}}}""", "application/json");
            }

            await Task.WhenAny(next, Task.Delay(left < s_look ? left : s_look, time, call.Aborted));
            call.Aborted.ThrowIfCancellationRequested();
        }
    }

    /// <summary>410: the account has the device no more.</summary>
    public static Problem Gone() => Problem.Of(StatusCodes.Status410Gone, "device-removed");
}
