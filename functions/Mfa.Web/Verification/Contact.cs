using System.Collections.Immutable;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>Somebody presses "Contact me".</summary>
/// <param name="HolderId">Of what.</param>
/// <param name="How">The way; null for the one that runs, or was chosen.</param>
/// <param name="Resend">Whether another text, or the next call at once, is asked for.</param>
/// <param name="Key">The Idempotency-Key.</param>
/// <param name="Prepare">What the request itself makes of the holder before it is contacted, or why that can't be.</param>
/// <param name="Over">What is said when the holder has ended.</param>
public sealed record Contact(string HolderId, How? How, bool Resend, ContactKey? Key, Func<Holder, Account, (Holder? Holder, Problem? Refusal)> Prepare, Func<Holder, Problem> Over)
{
    /// <summary>Whether a holder is the caller's; another's is none.</summary>
    public Func<StoredHolder, bool> IsTheirs { get; init; } = _ => true;

    /// <summary>Whether one that has ended is kept as if it went on, for who may not know; then what was asked for is saved and nobody is contacted.</summary>
    public Func<Holder, bool> LooksOpen { get; init; } = _ => false;

    /// <summary>Whether it is answered before anything is sent.</summary>
    public bool Later { get; init; }
}

/// <summary>A verification that is about to begin, not saved yet.</summary>
/// <param name="Holder">The holder with it.</param>
/// <param name="Account">The account that asked for it.</param>
/// <param name="Effects">What is to be done once it is saved.</param>
public sealed record Begun(Holder Holder, Account Account, ImmutableArray<PendingEffect> Effects);

/// <summary>An Idempotency-Key of a contact, hashed, with a hash of what it asked for.</summary>
/// <param name="Value">Both, with a dot between.</param>
public sealed record ContactKey(string Value)
{
    /// <summary>Whether a kept one is of the same key, whatever it asked for.</summary>
    public bool IsSameKey(string kept) => kept.AsSpan(0, kept.IndexOf('.', StringComparison.Ordinal)).SequenceEqual(Value.AsSpan(0, Value.IndexOf('.', StringComparison.Ordinal)));

    /// <summary>The key of a request.</summary>
    public static ContactKey? Of(string? idempotencyKey, string asked, RowNames names) =>
        idempotencyKey is null ? null : new($"{names.Hash("contact", idempotencyKey)}.{names.Hash("request", asked)}");
}
