namespace Mfa.Core;

/// <summary>One text, one "Contact me" by call, or one notice.</summary>
/// <param name="Id">The verification and the number of the send.</param>
/// <param name="Account">Whose it was.</param>
/// <param name="At">When.</param>
/// <param name="Proved">Whether that account had proved the number.</param>
/// <param name="How">Which of the first two; null for a notice, and in rows of a version before.</param>
/// <param name="GivenBack">Its verification was verified: it no longer counts as a stranger's.</param>
public sealed record NumberSend(string Id, string Account, DateTimeOffset At, bool Proved, How? How = null, bool GivenBack = false);
