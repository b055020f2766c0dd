using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>One step under way: the state so far, and the effects that its writer will perform.</summary>
internal readonly record struct Turn(Verification V, DateTimeOffset Now, ImmutableArray<PendingEffect> Mine)
{
    // A verification has a handful of things to do; only a carrier gone mad could ask for more.
    private const int PendingAtMost = 16;

    // Calls that nobody waits for, and what the verification before it left, never take the room of what the verification itself has to do.
    private const int StraysAtMost = 8;

    /// <summary>What a verification takes over of the one before it, so that what it has to do itself finds room: the oldest housekeeping goes first.</summary>
    public static ImmutableArray<PendingEffect> TakenOver(ImmutableArray<PendingEffect> left) =>
        left.Length <= StraysAtMost ? left
            : [.. left.OrderBy(p => p.Effect.IsHousekeeping).ThenByDescending(p => p.Number).Take(StraysAtMost).OrderBy(p => p.Number)];

    public Turn With(Verification v) => this with { V = v };

    public Stepped Answer(Answer answer) => new(V, Mine, answer);

    /// <summary>Adds an effect and leases it to the writer of this step.</summary>
    public Turn Do(Effect effect) => Take(New(effect, Now));

    /// <summary>Adds an effect for whoever looks at or after <paramref name="dueAt"/>.</summary>
    public Turn Plan(Effect effect, DateTimeOffset dueAt) => Put(New(effect, dueAt));

    private PendingEffect New(Effect effect, DateTimeOffset dueAt) => new(V.LastEffect + 1, effect, dueAt, Carrier: effect is SendText or PlaceCall or LookUp ? V.Carrier : null);

    /// <summary>Leases a new or due effect to the writer of this step.</summary>
    public Turn Take(PendingEffect pending)
    {
        var lease = pending.Effect.InsideCall ? V.Policy.CallLease : V.Policy.Lease;
        var taken = pending with { DueAt = Now + lease, FirstTriedAt = pending.FirstTriedAt ?? Now, Tries = pending.Tries + 1 };
        var next = Put(taken);
        return next with { Mine = next.V.Pending.Contains(taken) ? Mine.Add(taken) : Mine };
    }

    public Turn Put(PendingEffect pending)
    {
        var others = V.Pending.RemoveAll(p => p.Number == pending.Number);
        return others.Length >= PendingAtMost
            ? this
            : With(V with { Pending = others.Add(pending), LastEffect = Math.Max(V.LastEffect, pending.Number) });
    }

    public Turn Drop(Func<Effect, bool> which)
    {
        var kept = V.Pending.RemoveAll(p => which(p.Effect));
        return kept.Length == V.Pending.Length ? this : With(V with { Pending = kept }) with { Mine = Mine.RemoveAll(p => which(p.Effect)) };
    }

    /// <summary>Hangs up, unless that is planned already.</summary>
    public Turn HangUp(string callId) =>
        V.Pending.Any(p => p.Effect is HangUp h && h.CallId == callId) ? this : Do(new HangUp(callId));

    /// <summary>Hangs up a call that nobody waits for.</summary>
    public Turn HangUpStray(string callId) => (!V.IsFinal && V.Call is { Phase: CallPhase.Ringing or CallPhase.Connected, Id: { } on } && on == callId) || V.Pending.Length >= StraysAtMost ? this : HangUp(callId);

    /// <summary>Makes the verification final, and plans what is left to do after it.</summary>
    public Turn End(VerificationState state, Reason? reason = null)
    {
        var ended = With(V with { State = state, Reason = reason, RetryAt = null }).Drop(e => e.ReachesOut || e is Ask or DialExtension or LookUp);
        var verified = state == VerificationState.Verified;
        var settles = V.How == How.Text || (V.How == How.Call && verified);
        if (settles)
        {
            ended = ended.Do(new SettleNumber(V.Id, verified, V.NumberKey));
        }

        return V.Call switch
        {
            // A machine needs no last words.
            { Phase: CallPhase.Connected, Prompt: 0, Id: { } id } => ended.HangUp(id),
            { Phase: CallPhase.Connected, Id: { } id } => ended.Do(new Say(V.Attempt, id, Verification.Goodbye(state))).Plan(new HangUp(id), Now + V.Policy.GoodbyeTakes),
            { Phase: CallPhase.Ringing or CallPhase.GivenUp, Id: { } id } => ended.HangUp(id),
            _ => ended,
        };
    }
}
