using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>What an event makes of a holder and of its account.</summary>
/// <param name="Holder">The holder; the very same object where nothing changed.</param>
/// <param name="Account">The account, likewise.</param>
/// <param name="Effects">What whoever saves it must perform now.</param>
/// <param name="Answer">What became of the event.</param>
/// <param name="Refusal">Why it was not even looked at.</param>
public readonly record struct Taken(Holder Holder, Account Account, ImmutableArray<PendingEffect> Effects, Answer Answer, AccountRefusal? Refusal = null);
