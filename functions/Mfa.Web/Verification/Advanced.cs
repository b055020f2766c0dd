using Mfa.Core;

namespace Mfa.Web;

/// <summary>What a look at a verification found.</summary>
/// <param name="Found">Whether there is such a verification, and it is the current one.</param>
/// <param name="WakeAt">When to look again; null when nothing is left to do.</param>
/// <param name="NotBefore">Whether no look is needed before that time: nothing can become due without a request. Otherwise the clock looks at least once a minute.</param>
/// <param name="State">Where it stands; null where there is none, or a newer one took its place.</param>
/// <param name="Attempt">The number of its latest text or call.</param>
public readonly record struct Advanced(bool Found, DateTimeOffset? WakeAt, bool NotBefore = false, VerificationState? State = null, int Attempt = 0);
