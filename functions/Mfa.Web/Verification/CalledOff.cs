using System.Collections.Immutable;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>A holder that is called off, not saved yet.</summary>
/// <param name="Before">It, as it was read.</param>
/// <param name="Holder">What becomes of it.</param>
/// <param name="Effects">What its end leaves to do at once, once it is saved.</param>
public sealed record CalledOff(StoredHolder Before, Holder Holder, ImmutableArray<PendingEffect> Effects)
{
    /// <summary>A holder, called off; null where there is none, or it has ended.</summary>
    /// <param name="stored">The holder.</param>
    /// <param name="now">The time.</param>
    /// <param name="closing">What it makes of one, ended or not, that whoever asked for it calls it off.</param>
    public static CalledOff? Of(StoredHolder? stored, DateTimeOffset now, Func<Holder, Holder>? closing = null)
    {
        if (stored is null)
        {
            return null;
        }

        var (holder, effects) = stored.Holder is { EndedAt: null } open ? open.CallOff(now) : (stored.Holder, []);
        holder = closing?.Invoke(holder) ?? holder;
        return ReferenceEquals(holder, stored.Holder) ? null : new(stored, holder, effects);
    }
}
