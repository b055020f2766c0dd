using Mfa.Core;

namespace Mfa.Web;

/// <summary>Calls a holder off, with its verification: a call that is on the line is hung up.</summary>
public sealed class HolderCancel(HolderRows rows, HolderChange change, RowLocks locks, VerificationAdvance advance, TimeProvider time)
{
    /// <summary>Calls it off; one that has ended stays as it is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="later">Whether it is answered before a call is hung up.</param>
    /// <param name="cancel">Cancels.</param>
    /// <param name="closing">What it makes of it, ended or not, that whoever asked for it calls it off.</param>
    public async Task RunAsync(string id, bool later, CancellationToken cancel, Func<Holder, Holder>? closing = null)
    {
        if (await LockedAsync(id, closing, cancel) is { } calledOff)
        {
            await FinishAsync(calledOff, later);
        }
    }

    /// <summary>Does at once what a saved calling off leaves to do. Should this be cut short, the clock does it.</summary>
    public async Task FinishAsync(CalledOff calledOff, bool later = false)
    {
        if (!calledOff.Effects.IsEmpty && await rows.FindAsync(calledOff.Holder.Id, CancellationToken.None) is { } saved)
        {
            await advance.TellClockAsync(calledOff.Before.Holder.Verification, calledOff.Holder.Verification!);
            if (later)
            {
                advance.PerformLater(saved, calledOff.Effects);
                return;
            }

            await advance.PerformAsync(saved, calledOff.Effects);
        }
    }

    private async Task<CalledOff?> LockedAsync(string id, Func<Holder, Holder>? closing, CancellationToken cancel)
    {
        using var taken = await locks.TakeAsync(id, cancel);
        CalledOff? calledOff = null;
        var (saved, _) = await change.RunAsync(id, s => (calledOff = CalledOff.Of(s, time.GetUtcNow(), closing)) is { } off ? new(off.Holder, s.Account, null) : null, cancel);
        return saved is null ? null : calledOff;
    }
}
