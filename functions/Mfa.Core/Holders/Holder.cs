using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>
/// What a verification stands in: an enrollment, or another thing that is proved with "Contact me". All that such things share is
/// here; what "verified" makes of one, and what else it needs to be contacted, is its own.
/// </summary>
public abstract partial record Holder
{
    public required string Id { get; init; }

    /// <summary>Grows with every save.</summary>
    public long Version { get; init; }

    /// <summary>The account's epoch when it was opened.</summary>
    public required int Epoch { get; init; }

    /// <summary>The kind of the method that is contacted.</summary>
    public required MethodKind Kind { get; init; }

    /// <summary>The way that was chosen; a contact may choose another.</summary>
    public required How How { get; init; }

    public PhoneNumber? Phone { get; init; }

    /// <summary>The number's partition key.</summary>
    public string? NumberKey { get; init; }

    /// <summary>The authenticator's seed, or the key that codes are derived from, as the shell sealed it.</summary>
    public required string SealedSecret { get; init; }

    /// <summary>The session of the first step that opened it; only it gets the assertion.</summary>
    public string? Session { get; init; }

    /// <summary>The language of its texts and calls, e.g. <c>nl-NL</c>.</summary>
    public required string Culture { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What the request asked for, hashed: the same Idempotency-Key must ask for the same.</summary>
    public string? RequestHash { get; init; }

    /// <summary>When it ended, if not by its time.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How often "Contact me" started a verification.</summary>
    public int Contacts { get; init; }

    /// <summary>Idempotency-Keys of contacts and what they asked for, hashed, the newest last.</summary>
    public ImmutableArray<string> ContactKeys { get; init; } = [];

    public Verification? Verification { get; init; }

    /// <summary>The last contact since it ended that only looked like one; null where there was none.</summary>
    public Pretence? Pretence { get; init; }

    /// <summary>Whether "Contact me" can be pressed, or a verification of it runs.</summary>
    public bool IsOpenAt(DateTimeOffset now) => EndedAt is null && ((IsContacting && !Verification!.IsTimeUpAt(now)) || now < ExpiresAt);

    /// <summary>Whether a verification of it runs.</summary>
    [JsonIgnore]
    public bool IsContacting => EndedAt is null && Verification is { IsFinal: false };

    /// <summary>What proved it, which the account is held for when it is saved; null as long as nothing has.</summary>
    [JsonIgnore]
    public virtual string? ProvedBy => Verification is { State: VerificationState.Verified } v ? v.Id : null;

    /// <summary>The method that it made of its proof; null where it made none.</summary>
    [JsonIgnore]
    public virtual string? Made => null;

    /// <summary>What its user agrees to by proving, said in the text and in the call; null where it is nothing but the proof.</summary>
    [JsonIgnore]
    public virtual string? Says => null;

    /// <summary>When everything in it has to be over, however late it was begun; null where a contact may give it more time.</summary>
    [JsonIgnore]
    public virtual DateTimeOffset? EndsBy => null;

    /// <summary>What its text tells of, where that is no code; null where it is one.</summary>
    [JsonIgnore]
    public virtual AuditKind? Tells => null;

    /// <summary>Whether there is a page that a code can be typed on; else a text is replied to.</summary>
    [JsonIgnore]
    public virtual bool HasPage => true;

    /// <summary>Whether it only looks as if it reached somebody: nothing is sent, and no proof is right.</summary>
    [JsonIgnore]
    public virtual bool ReachesNobody => false;

    /// <summary>What an event makes of it, and of the account.</summary>
    /// <param name="e">The event.</param>
    /// <param name="account">The account.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public virtual Taken Take(VerificationEvent e, Account account, AccountPolicy policy, DateTimeOffset now)
    {
        if (e is NotificationAnswered answered)
        {
            return Answered(answered, account, policy, now);
        }

        if (Verification is not { } v)
        {
            return new(this, account, [], Answer.NotContacted);
        }

        // However many are open at once, they are one user guessing.
        if (e is CodeTyped && !v.IsFinal && MayProve(account, policy, now) is { } refusal)
        {
            return new(this, account, [], Answer.Ignored, refusal);
        }

        var stepped = Verification.Step(v, e, now);
        var (holder, next) = Advance(stepped, account, policy, now);
        return new(holder, next, stepped.Effects, stepped.Answer);
    }

    /// <summary>What a step of its verification makes of it, and of the account.</summary>
    /// <param name="stepped">The step.</param>
    /// <param name="account">The account.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    /// <returns>What to save; the very same objects where nothing changed.</returns>
    public (Holder Holder, Account Account) Advance(Stepped stepped, Account account, AccountPolicy policy, DateTimeOffset now)
    {
        var before = Verification!.State;
        var next = ReferenceEquals(stepped.Next, Verification) ? this : this with { Verification = stepped.Next };
        var counted = stepped.Answer == Answer.WrongCode ? account.Missed(Kind, now) : account;
        var state = stepped.Next.State;
        return state == before || EndedAt is not null ? (next, counted)
            : state == VerificationState.Verified ? next.Verified(counted, policy, now)
            : state == VerificationState.FraudReported
                ? (next.Refused(state, now), next.Reported(counted with { PausedUntil = counted.PausedUntil.SetItem(Kind, now + policy.FraudPause) }, policy, now))
            : (next.Refused(state, now), counted);
    }

    /// <summary>It, called off with its verification, and what that leaves to do at once; the very same where it has ended.</summary>
    public (Holder Holder, ImmutableArray<PendingEffect> Effects) CallOff(DateTimeOffset now)
    {
        if (EndedAt is not null || Verification is not { } v)
        {
            return (Cancel(now), []);
        }

        var stepped = Verification.Step(v, new CancelAsked(), now);
        return ((this with { Verification = stepped.Next }).Cancel(now), stepped.Effects);
    }

    /// <summary>It, cancelled; the very same where it has ended.</summary>
    protected abstract Holder Cancel(DateTimeOffset now);

    /// <summary>What a fraud report makes of the account, besides the rest of the method.</summary>
    protected virtual Account Reported(Account account, AccountPolicy policy, DateTimeOffset now) => account;

    /// <summary>It, when its verification ended without the right proof, or goes on.</summary>
    protected virtual Holder Refused(VerificationState state, DateTimeOffset now) => this;

    /// <summary>What the right proof makes of it and of the account.</summary>
    protected abstract (Holder Holder, Account Account) Verified(Account account, AccountPolicy policy, DateTimeOffset now);
}
