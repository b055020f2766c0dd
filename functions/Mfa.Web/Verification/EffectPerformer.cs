using Mfa.Core;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>Does what a step decided, within half of the effect's lease, and tells what came of it. It never throws.</summary>
public sealed class EffectPerformer(Carriers carriers, IPushCarrier push, InboxRows inboxes, NumberRows numbers, SecretColumns secrets, ServiceSettings service, VerificationLog told, TimeProvider time, ILogger<EffectPerformer> log)
{
    private static readonly TimeSpan s_hangUpWithin = TimeSpan.FromSeconds(5);

    /// <summary>Performs an effect of a saved verification.</summary>
    /// <param name="stored">It.</param>
    /// <param name="pending">The effect.</param>
    /// <param name="asking">The call that waits for the answer to a request, which says what it does next: there is nothing to be sent to it.</param>
    public async Task<VerificationEvent> PerformAsync(StoredHolder stored, PendingEffect pending, string? asking = null)
    {
        if (asking is not null && pending.Effect.Within == asking)
        {
            return new EffectDone(pending.Number, pending.Effect) { EndsCall = pending.Effect is Say };
        }

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
            if (pending.Carrier != policy.Carrier)
            {
                log.LogWarning("The carrier {Carrier} took over", pending.Carrier);
            }
        }

        return new EffectDone(pending.Number, pending.Effect, answer.Receipt) { LookAfter = answer.LookAfter, Over = answer.IsOver, EndsCall = answer.EndsCall, Found = answer.Found };
    }

    private static EffectFailed Unknown(PendingEffect pending) => Failed(pending, CarrierAnswer.Unknown().Failure!);

    private static EffectFailed Failed(PendingEffect pending, CarrierFailure failure) =>
        new(pending.Number, failure.Reason, failure.Transient, failure.Refused, failure.RetryAfter, failure.Own) { Carrier = pending.Carrier };

    /// <summary>Hangs up a call that nobody waits for: its verification is gone, or a newer one took its place.</summary>
    /// <returns>Whether the carrier did.</returns>
    public async Task<bool> HangUpAsync(string callId)
    {
        using var cut = new CancellationTokenSource(s_hangUpWithin);
        var answer = await carriers.Of(callId).HangUpAsync(callId, cut.Token);
        if (answer.Failure is not null)
        {
            log.LogWarning("A call that nobody waits for could not be hung up.");
        }

        return answer.Failure is null;
    }

    /// <summary>What a call does next, for a carrier that asks; null where it waits.</summary>
    /// <param name="holder">The holder, with the verification of the call.</param>
    /// <param name="attempt">The call's attempt.</param>
    /// <param name="callId">The carrier's id of the call.</param>
    public CallStep? NextIn(Holder holder, int attempt, string callId) => holder.Verification?.NextIn(attempt, callId) switch
    {
        null => null,
        Ask ask => new AskNext(Question(holder, ask)),
        Say say => new SayLast(LastWords(holder, say)),
        // The carrier does it as often as it asks, and asks once.
        DialExtension dial => new DialNext(Tones(holder, dial, new(Guid.Empty, time.GetUtcNow()))),
        _ => new EndNow(),
    };

    private Task<CarrierAnswer> DoAsync(Holder holder, PendingEffect pending, CancellationToken cancel)
    {
        var verification = holder.Verification!;
        if (holder.ReachesNobody && pending.Effect is not (SettleNumber or WakeDevice))
        {
            return Task.FromResult(CarrierAnswer.Done(pending.Effect is PlaceCall ? verification.Id : null));
        }

        switch (pending.Effect)
        {
            case SendText or PlaceCall:
                var carrier = carriers.Named(pending.Carrier, out var isGone);
                return isGone && pending.MayBeDone ? Task.FromResult(CarrierAnswer.Unknown())
                    : pending.Effect is SendText text ? carrier.SendTextAsync(TextOf(holder, text, pending), cancel)
                    : carrier.PlaceCallAsync(new(holder.Phone!, Callback(verification.Id, ((PlaceCall)pending.Effect).Attempt), Once(verification.Id, pending)), cancel);
            case WakeDevice wake:
                return WakeAsync(wake.DeviceId, verification, cancel);
            case DialExtension dial:
                return carriers.Of(dial.CallId).DialAsync(Tones(holder, dial, Once(verification.Id, pending)), cancel);
            case Ask ask:
                return carriers.Of(ask.CallId).AskAsync(Question(holder, ask), cancel);
            case Say say:
                return carriers.Of(say.CallId).SayAsync(say.CallId, LastWords(holder, say), cancel);
            case HangUp hangUp:
                return carriers.Of(hangUp.CallId).HangUpAsync(hangUp.CallId, cancel);
            case LookUp look:
                return LookUpAsync(look, verification.How, carriers.Named(pending.Carrier, out _), cancel);
            case SettleNumber settle:
                return SettleAsync(settle.NumberKey ?? holder.NumberKey!, settle, cancel);
            default:
                throw new InvalidOperationException($"No one performs {pending.Effect.GetType().Name}.");
        }
    }

    private OutgoingText TextOf(Holder holder, SendText text, PendingEffect pending)
    {
        var (verification, words) = (holder.Verification!, Words.Of(holder.Culture));
        var body = holder.Tells is { } what ? words.Notice(what, service.Name)
            : words.CodeText(service.Name, VerificationCode.Derive(secrets.Open(holder), verification.Id, text.Send), holder.Says, verification.MatchNumber is not null, holder.HasPage, service.WebOtpHost);
        var callback = new Uri($"{service.PublicUrl}/callbacks/texts?verification={verification.Id}&send={text.Send}");
        return new(holder.Phone!, body, $"{verification.Id}/{text.Send}", callback, verification.Deadline - time.GetUtcNow(), Once(verification.Id, pending));
    }

    private static Repeatable Once(string verificationId, PendingEffect pending) => new(pending.RequestId(verificationId), pending.FirstTriedAt!.Value, pending.MayBeDone);

    private Uri Callback(string verificationId, int attempt) => new($"{service.PublicUrl}/callbacks/calls/{verificationId}/{attempt}");

    private CallQuestion Question(Holder holder, Ask ask)
    {
        var verification = holder.Verification!;
        var number = verification.MatchNumber is not null;
        var keys = !number || ask.Prompt is CallPrompt.FraudConfirm or CallPrompt.FraudPound ? 1 : 3;
        return new(
            ask.CallId, holder.Phone!, Words.Of(holder.Culture).Spoken(ask.Prompt, service.Name, number, holder.Says), ask.Number, keys, verification.Policy.Silence, Callback(verification.Id, ask.Attempt));
    }

    private SpokenText LastWords(Holder holder, Say say) => Words.Of(holder.Culture).Spoken(say.Prompt, service.Name, holder.Verification!.MatchNumber is not null);

    private OutgoingTones Tones(Holder holder, DialExtension dial, Repeatable once) =>
        new(dial.CallId, holder.Phone!, holder.Phone!.Extension!.Tones[dial.Part - 1], dial.Part, Callback(holder.Verification!.Id, dial.Attempt), once);

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

    private static async Task<CarrierAnswer> LookUpAsync(LookUp look, How how, ICarrier carrier, CancellationToken cancel) =>
        CarrierAnswer.Done() with { Found = await carrier.LookUpAsync(look.Receipt, how, look.Attempt, cancel) };

    private async Task<CarrierAnswer> SettleAsync(string numberKey, SettleNumber settle, CancellationToken cancel)
    {
        await numbers.ChangeAsync(numberKey, record => (record.Settle(settle.VerificationId, settle.GiveBack), true), cancel);
        return CarrierAnswer.Done();
    }
}
