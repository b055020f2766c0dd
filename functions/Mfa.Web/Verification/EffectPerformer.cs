using Mfa.Core;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>Does what a step decided, within half of the effect's lease, and tells what came of it. It never throws.</summary>
public sealed class EffectPerformer(ICarrier carrier, IPushCarrier push, InboxRows inboxes, NumberRows numbers, SecretColumns secrets, ServiceSettings service, VerificationLog told, TimeProvider time, ILogger<EffectPerformer> log)
{
    private static readonly TimeSpan s_hangUpWithin = TimeSpan.FromSeconds(5);

    /// <summary>Performs an effect of a saved verification.</summary>
    public async Task<VerificationEvent> PerformAsync(StoredHolder stored, PendingEffect pending)
    {
        var policy = stored.Holder.Verification!.Policy;
        var half = (pending.Effect.InsideCall ? policy.CallLease : policy.Lease) / 2;
        var left = pending.DueAt - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            // Saving took as long as the lease, or this process slept: it is somebody else's by now.
            return Unknown(pending);
        }

        using var cut = new CancellationTokenSource(half < left ? half : left);
        CarrierAnswer answer;
        try
        {
            answer = await DoAsync(stored.Holder, pending, cut.Token).WaitAsync(cut.Token);
        }
        catch (OperationCanceledException)
        {
            answer = CarrierAnswer.Unknown();
        }
        catch (Exception e)
        {
            log.LogWarning("{Effect} failed: {Fault}", pending.Effect.GetType().Name, e.GetType().Name);
            answer = CarrierAnswer.Unknown();
        }

        if (answer.Failure is { } failure)
        {
            return Failed(pending, failure);
        }

        if (pending.Effect is SendText or PlaceCall)
        {
            told.Taken(pending.Effect is SendText ? How.Text : How.Call);
        }

        return new EffectDone(pending.Number, pending.Effect, answer.Receipt);
    }

    private static EffectFailed Unknown(PendingEffect pending) => Failed(pending, CarrierAnswer.Unknown().Failure!);

    private static EffectFailed Failed(PendingEffect pending, CarrierFailure failure) =>
        new(pending.Number, failure.Reason, failure.Transient, failure.Refused, failure.RetryAfter);

    /// <summary>Hangs up a call that nobody waits for: its verification is gone, or a newer one took its place.</summary>
    /// <returns>Whether the carrier did.</returns>
    public async Task<bool> HangUpAsync(string callId)
    {
        using var cut = new CancellationTokenSource(s_hangUpWithin);
        var answer = await carrier.HangUpAsync(callId, cut.Token);
        if (answer.Failure is not null)
        {
            log.LogWarning("A call that nobody waits for could not be hung up.");
        }

        return answer.Failure is null;
    }

    private Task<CarrierAnswer> DoAsync(Holder holder, PendingEffect pending, CancellationToken cancel)
    {
        var verification = holder.Verification!;
        if (holder.ReachesNobody && pending.Effect is not (SettleNumber or WakeDevice))
        {
            return Task.FromResult(CarrierAnswer.Done(pending.Effect is PlaceCall ? verification.Id : null));
        }

        var number = verification.MatchNumber is not null;
        var words = Words.Of(holder.Culture);
        var once = new Repeatable(pending.RequestId(verification.Id), pending.FirstTriedAt!.Value);
        switch (pending.Effect)
        {
            case SendText text when holder.Tells is { } what:
                return carrier.SendTextAsync(new(holder.Phone!, words.Notice(what, service.Name), $"{verification.Id}/{text.Send}", once), cancel);
            case SendText text:
                var code = VerificationCode.Derive(secrets.Open(holder), verification.Id, text.Send);
                return carrier.SendTextAsync(new(holder.Phone!, words.CodeText(service.Name, code, holder.Says, number, holder.HasPage, service.WebOtpHost), $"{verification.Id}/{text.Send}", once), cancel);
            case PlaceCall call:
                var callback = new Uri($"{service.PublicUrl}/callbacks/calls/{verification.Id}/{call.Attempt}");
                return carrier.PlaceCallAsync(new(holder.Phone!, callback, once), cancel);
            case WakeDevice wake:
                return WakeAsync(wake.DeviceId, verification, cancel);
            case DialExtension dial:
                return carrier.DialAsync(new(dial.CallId, holder.Phone!, holder.Phone!.Extension!.Tones[dial.Part - 1], dial.Part, once), cancel);
            case Ask ask:
                var keys = !number || ask.Prompt is CallPrompt.FraudConfirm or CallPrompt.FraudPound ? 1 : 3;
                return carrier.AskAsync(new(ask.CallId, holder.Phone!, words.Spoken(ask.Prompt, service.Name, number, holder.Says), ask.Number, keys, verification.Policy.Silence), cancel);
            case Say say:
                return carrier.SayAsync(say.CallId, words.Spoken(say.Prompt, service.Name, number), cancel);
            case HangUp hangUp:
                return carrier.HangUpAsync(hangUp.CallId, cancel);
            case SettleNumber settle:
                return SettleAsync(settle.NumberKey ?? holder.NumberKey!, settle, cancel);
            default:
                throw new InvalidOperationException($"No one performs {pending.Effect.GetType().Name}.");
        }
    }

    private async Task<CarrierAnswer> WakeAsync(string deviceId, Core.Verification verification, CancellationToken cancel)
    {
        var left = verification.Deadline - time.GetUtcNow();
        if (await inboxes.FindAsync(deviceId, cancel) is not { IsGone: false, Sealed: { } address } || left <= TimeSpan.Zero)
        {
            return CarrierAnswer.Done();
        }

        var answer = await push.WakeAsync(StoredSubscription.Read(secrets.OpenSubscription(deviceId, address)), new(RowNames.Topic(verification.Id), left), cancel);
        if (answer.Failure?.Reason == Reason.SubscriptionGone)
        {
            await inboxes.DropAsync(deviceId, address, cancel);
        }

        return answer;
    }

    private async Task<CarrierAnswer> SettleAsync(string numberKey, SettleNumber settle, CancellationToken cancel)
    {
        await numbers.ChangeAsync(numberKey, record => (record.Settle(settle.VerificationId, settle.GiveBack), true), cancel);
        return CarrierAnswer.Done();
    }
}
