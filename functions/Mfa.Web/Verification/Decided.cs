using System.Collections.Immutable;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>What "Contact me" comes to in one try; nothing at all where somebody else changed a row.</summary>
/// <param name="Stored">The holder as it stands saved.</param>
/// <param name="Effects">What is to be done now.</param>
/// <param name="Refusal">Why not.</param>
/// <param name="IsDue">Whether something on the row is to be done first.</param>
/// <param name="IsStale">Whether the refusal may stand on an account that has changed.</param>
internal sealed record Decided(StoredHolder? Stored = null, ImmutableArray<PendingEffect> Effects = default, Problem? Refusal = null, bool IsDue = false, bool IsStale = false)
{
    public static Decided Nothing(StoredHolder stored) => new(stored, []);

    public static Decided Refused(Problem why) => new(Refusal: why);
}
