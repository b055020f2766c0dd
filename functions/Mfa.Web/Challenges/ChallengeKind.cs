using Mfa.Core;

namespace Mfa.Web;

/// <summary>Challenges as holders.</summary>
public static class ChallengeKind
{
    public static HolderKind Rows { get; } = HolderKind.Of("challenge", "c", StateJson.Default.Challenge);

    /// <summary>The challenge that a holder is.</summary>
    public static Challenge Challenge(this StoredHolder stored) => (Challenge)stored.Holder;
}
