using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>The second step at sign-in: asked for by a relying party, or by the user's own settings page.</summary>
public sealed partial record Challenge : Holder
{
    /// <summary>The relying party's client id, which alone may see it; null for the user's own.</summary>
    public string? Client { get; init; }

    /// <summary>The method that is asked for now; null where the account has none that can be.</summary>
    public string? MethodId { get; init; }

    /// <summary>What the relying party calls itself.</summary>
    public string? Application { get; init; }

    public string? Place { get; init; }

    public string? Ip { get; init; }

    public string? Nonce { get; init; }

    public ChallengeContext? Context { get; init; }

    /// <summary>The browser that is remembered if that is asked for.</summary>
    public BrowserToken? Browser { get; init; }

    /// <summary>Whether the browser is to be remembered.</summary>
    public bool Remember { get; init; }

    /// <summary>Whether a browser's token was shown with it that had been used before.</summary>
    public bool BrowserReused { get; init; }

    /// <summary>When its user said that it wasn't theirs: once, so that nobody keeps the method resting by it.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>The name that the user was asked for by, where the caller may not learn whose it is; else null.</summary>
    public string? UserName { get; init; }

    /// <summary>What it has where its user proves on the sign-in page; null where the relying party shows a page of its own.</summary>
    public ChallengePage? Page { get; init; }

    /// <summary>What its answer needs, where it was asked for by a standard's names; null where it was not.</summary>
    public FederatedRequest? Federated { get; init; }

    /// <summary>What of it is made up.</summary>
    public MadeUp MadeUp { get; init; }

    /// <summary>Whether it only looks as if there were such a user.</summary>
    [JsonIgnore]
    public bool IsDecoy => MadeUp == MadeUp.User;

    /// <summary>The methods as they were shown at first, to a caller who may not learn what becomes of them; nothing for others.</summary>
    public ImmutableArray<ShownMethod> Shown { get; init; } = [];

    /// <summary>Whether its contact only looks like one: a limit, or the account, lets nobody be contacted. Codes are judged as ever.</summary>
    public bool IsMuted { get; init; }

    /// <summary>When whoever asked for it called it off, ended or not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Wrong codes in it, whatever they were meant for.</summary>
    public int WrongCodes { get; init; }

    /// <summary>How it ended, when it did.</summary>
    public ChallengeState? End { get; init; }

    /// <summary>What it was verified or satisfied by.</summary>
    public ProofKind? By { get; init; }

    /// <summary>The way that proved it, of a method.</summary>
    public How? ProvedHow { get; init; }

    /// <summary>The time step of the authenticator's code that proved it.</summary>
    public long? AcceptedStep { get; init; }

    /// <summary>The hash of the recovery code or bypass that proved it.</summary>
    public string? SpentHash { get; init; }

    /// <summary>How that was hashed: the account may have it no more when the same code comes again.</summary>
    public HashForm? SpentForm { get; init; }

    /// <summary>Why it was denied, or failed.</summary>
    public Reason? Reason { get; init; }

    /// <summary>Why it failed although the proof was right.</summary>
    public AccountFault? Fault { get; init; }

    [JsonIgnore]
    public override string? ProvedBy => End is ChallengeState.Verified or ChallengeState.Satisfied ? Id : null;

    [JsonIgnore]
    public override string? Says => Context?.Said;

    [JsonIgnore]
    public override bool HasPage => Federated?.Protocol != FederatedProtocol.Backchannel;

    // Whoever asked by a standard was told when it is over, and forgets it then.
    [JsonIgnore]
    public override DateTimeOffset? EndsBy => Federated is null ? null : ExpiresAt;

    [JsonIgnore]
    public override bool ReachesNobody => IsMuted || MadeUp != MadeUp.Nothing;

    /// <summary>Where it stands at this time.</summary>
    public ChallengeState StateAt(DateTimeOffset now) => End ?? (IsOpenAt(now) ? ChallengeState.Open : ChallengeState.Expired);

    /// <summary>Whether it ended in a way that would tell that there is somebody, within its time: for those who may not know, it goes on.</summary>
    public bool LooksOpenAt(AccountPolicy policy, DateTimeOffset now) =>
        IsHidden && SeenAt(policy, now) == ChallengeState.Open;

    /// <summary>Whether it ended by what its caller may not know of: what a user said or an admin did.</summary>
    [JsonIgnore]
    public bool IsHidden => ClosedAt is null && End is ChallengeState.Denied or ChallengeState.Failed or ChallengeState.Cancelled && Reason != Core.Reason.TooManyCodes;

    /// <summary>Where it stands for a caller who may not know what the user said or an admin did.</summary>
    public ChallengeState SeenAt(AccountPolicy policy, DateTimeOffset now) =>
        !IsHidden ? (ClosedAt is null ? StateAt(now) : ChallengeState.Cancelled)
        : WrongCodes >= policy.ChallengeWrongCodes ? ChallengeState.Failed
        : now < ExpiresAt ? ChallengeState.Open
        : ChallengeState.Expired;

    /// <summary>It, called off by whoever asked for it: to them it is over, whatever ended it.</summary>
    public Challenge Closed(AccountPolicy policy, DateTimeOffset now) => IsHidden && WrongCodes < policy.ChallengeWrongCodes ? this with { ClosedAt = now } : this;

    /// <summary>It, as its user wants the browser remembered or not, where it can be; null where they changed their mind too often.</summary>
    public Challenge? Remembering(bool remember) =>
        Browser is null || Page is not { } page || remember == Remember ? this
        : page.Ticks < ChallengePage.TicksAtMost ? this with { Remember = remember, Page = page with { Ticks = page.Ticks + 1 } }
        : null;

    /// <summary>Whether its user may set a method up in it, which is its proof then.</summary>
    public bool MaySetUp(DateTimeOffset now) => Federated is { SetsUp: true } && IsOpenAt(now);

    /// <summary>
    /// It, proved by a method that was set up in it, and that the account has: the enrollment's session is this challenge. The very same where that proves nothing here;
    /// the right code alone doesn't, for a change of methods may be refused with it.
    /// </summary>
    /// <param name="setUp">The enrollment.</param>
    /// <param name="account">The account.</param>
    /// <param name="now">The time.</param>
    public Challenge ProvedBySetUp(Holder setUp, Account account, DateTimeOffset now) =>
        MaySetUp(now) && setUp.Made is { } made && account.Method(made) is not null && setUp.Session == Id && setUp.Epoch == Epoch && account.Epoch == Epoch && account.BlockedAt is null
            ? Done(ProofKind.Method, setUp.Verification?.How ?? setUp.How, now) : this;

    /// <summary>It on its sign-in page as that is by now.</summary>
    public Challenge On(ChallengePage page) => ReferenceEquals(page, Page) ? this : this with { Page = page };

    /// <summary>
    /// It, reported by its user, and what that makes of the account: a method that somebody was contacted by rests (whoever has the password alone could report, too), and the
    /// browser that was remembered with it is forgotten; all of this relying party's, where one of them signed in and nobody knows which.
    /// </summary>
    public (Challenge Next, Account Account) ReportedByUser(Account account, AccountPolicy policy, DateTimeOffset now) =>
        ReportedAt is not null ? (this, account)
        : (this with { ReportedAt = now },
            (Contacts > 0 ? account.Reported(Kind, policy, now) : account).Forgetting(b => b.Client == Client && (b.Id == Browser?.Id || By == ProofKind.RememberedBrowser)));

    public override bool NeedsContact(How how) => how != How.Code;

    public override bool Owns(Account account) => ReachesNobody || base.Owns(account);

    protected override Challenge Cancel(DateTimeOffset now) => End is null ? Ended(ChallengeState.Cancelled, now) : this;

    protected override Challenge Refused(VerificationState state, DateTimeOffset now) =>
        state is VerificationState.Denied or VerificationState.FraudReported ? Ended(ChallengeState.Denied, now) with { Reason = Verification!.Reason } : this;

    protected override Account Reported(Account account, AccountPolicy policy, DateTimeOffset now) =>
        policy.FraudBlocks && Verification!.How == How.Notification ? account.Block(now) : account;

    protected override AccountFault? MayGoOn(Account account, AccountPolicy policy, DateTimeOffset now) =>
        base.MayGoOn(account, policy, now)
        ?? (account.BlockedAt is not null && !IsDecoy ? AccountFault.Blocked
            : MadeUp < MadeUp.Methods && !account.Methods.Any(m => m.Id == MethodId && account.NumberOf(m) == Phone) ? AccountFault.MethodGone
            : null);

    // What reaches nobody nothing refuses: the number that it is reserved with, nobody's, bounds it.
    public override AccountRefusal? MayContact(Account account, How how, AccountPolicy policy, DateTimeOffset now) =>
        IsMuted ? null : base.MayContact(account, how, policy, now);

    // Whether an account is blocked is not told by a decoy.
    protected override AccountRefusal? MayProve(Account account, AccountPolicy policy, DateTimeOffset now) => MayProve(Kind, account, policy, now);

    private AccountRefusal? MayProve(MethodKind kind, Account account, AccountPolicy policy, DateTimeOffset now) =>
        (IsDecoy ? account with { BlockedAt = null } : account).MayProve(kind, policy, now);

    // The right proof of a method counts, unless the account moved on meanwhile. Waits are for guesses; a kind that is off, or that fraud was reported on, proves nothing.
    protected override (Holder Holder, Account Account) Verified(Account account, AccountPolicy policy, DateTimeOffset now)
    {
        var fault = MayGoOn(account, policy, now)
            ?? (MayProve(account, policy, now) is { Fault: AccountFault.MethodLocked or AccountFault.MethodPaused } off ? off.Fault : null);
        return fault is not null || ReachesNobody
            ? (Ended(ChallengeState.Failed, now) with { Fault = fault }, account)
            : (Done(ProofKind.Method, Verification!.How, now), Remembered(account.Proved(Kind, null), policy, now));
    }

    private Challenge Done(ProofKind by, How? how, DateTimeOffset now) => Ended(ChallengeState.Verified, now) with { By = by, ProvedHow = how };

    private Account Remembered(Account account, AccountPolicy policy, DateTimeOffset now) =>
        Remember && ReportedAt is null && Browser is { } browser && Client is { } client ? account.Remembering(browser.Id, browser.Hash, client, Application, policy, now) : account;

    private Challenge Ended(ChallengeState end, DateTimeOffset now) => this with { End = end, EndedAt = now };
}
