using System.Collections.Immutable;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>What came of it: the challenge with what is still to be done for it, or why there is none.</summary>
public sealed record OpenedChallenge(StoredHolder? Stored, ImmutableArray<PendingEffect> Effects, Problem? Refusal)
{
    /// <summary>The token that takes the place of a remembered browser's.</summary>
    public string? Browser { get; init; }

    public static OpenedChallenge Refused(Problem why) => new(null, [], why);
}
