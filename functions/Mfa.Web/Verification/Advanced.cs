namespace Mfa.Web;

/// <summary>What a look at a verification found.</summary>
/// <param name="Found">Whether there is such a verification, and it is the current one.</param>
/// <param name="WakeAt">When to look again; null when nothing is left to do.</param>
public readonly record struct Advanced(bool Found, DateTimeOffset? WakeAt);
