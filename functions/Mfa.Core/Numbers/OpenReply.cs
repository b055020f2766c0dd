using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>A text verification that a reply from the number may belong to.</summary>
/// <param name="VerificationId">Whose reply it would be.</param>
/// <param name="Codes">HMACs of its last two codes.</param>
/// <param name="Until">When it ends at the latest.</param>
public sealed record OpenReply(string VerificationId, ImmutableArray<string> Codes, DateTimeOffset Until)
{
    /// <summary>The carrier's ids of the replies that matched nothing.</summary>
    public ImmutableArray<string> Wrong { get; init; } = [];
}
