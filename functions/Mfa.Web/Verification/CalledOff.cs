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
    public static CalledOff? Of(StoredHolder? stored, DateTimeOffset now)
    {
        if (stored is not { Holder.EndedAt: null })
        {
            return null;
        }

        var (holder, effects) = stored.Holder.CallOff(now);
        return new(stored, holder, effects);
    }
}
