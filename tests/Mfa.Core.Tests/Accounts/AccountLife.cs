using CsCheck;

namespace Mfa.Core.Tests;

/// <summary>A random life of an account that is busy with several enrollments and challenges of all kinds at once, in any order, over some days.</summary>
internal sealed record AccountLife(AccountPolicy Policy, bool Equipped, AccountMove[] Moves)
{
    // Limits that a short life reaches.
    private static readonly AccountPolicy s_tight = new()
    {
        OpensADay = 9,
        ChallengesADay = 12,
        ContactsADay = 9,
        SendsADay = 7,
        UnprovedSendsADay = 3,
        NewNumbersADay = 2,
        FailuresBeforeWait = 2,
        FailuresBeforeLock = 3,
        ActivationCodes = 2,
        NotificationsUnanswered = 2,
        WrongPins = 1,
        RememberBrowsers = true,
        BrowsersAtMost = 2,
        AppPasswords = true,
        AppPasswordsAtMost = 2,
        WrongAppPasswordsAnHour = 2,
        WrongAppPasswordsADay = 5,
    };

    private static readonly AccountPolicy s_usual = new() { RememberBrowsers = true, AppPasswords = true };

    private static readonly Gen<TimeSpan> s_after = Gen.Frequency(
        (12, Gen.Const(TimeSpan.Zero)),
        (8, Gen.Int[1, 60].Select(s => TimeSpan.FromSeconds(s))),
        (3, Gen.Int[1, 15].Select(m => TimeSpan.FromMinutes(m))),
        (1, Gen.Int[1, 9].Select(h => TimeSpan.FromHours(h))));

    // How often each happens.
    private static readonly Gen<AccountHappening> s_happenings = Gen.Frequency([.. new[]
    {
        (7, AccountHappening.Open), (10, AccountHappening.Ask), (14, AccountHappening.Contact), (5, AccountHappening.Resend), (7, AccountHappening.Activate), (12, AccountHappening.Wrong),
        (12, AccountHappening.Right), (1, AccountHappening.Fraud), (1, AccountHappening.Cancel), (1, AccountHappening.Reset), (1, AccountHappening.Forget),
        (1, AccountHappening.Block), (2, AccountHappening.Unblock), (1, AccountHappening.Remove), (1, AccountHappening.Codes), (1, AccountHappening.Bypass),
        (1, AccountHappening.Require), (4, AccountHappening.Password), (1, AccountHappening.Vouch),
    }.Select(o => (o.Item1, Gen.Const(o.Item2)))]);

    private static readonly Gen<AccountMove> s_moves = Gen.Select(s_happenings, Gen.Enum<MethodKind>(), Gen.Int[0, 99], Gen.Int[0, 999], s_after)
        .Select((what, kind, which, detail, after) => new AccountMove(what, kind, which, detail, after));

    public static readonly Gen<AccountLife> Any = Gen.Select(Gen.OneOf(Gen.Const(s_tight), Gen.Const(s_usual)), Gen.Bool, s_moves.Array[0, 100])
        .Select((policy, equipped, moves) => new AccountLife(policy, equipped, moves));

    private Account Begin => Equipped ? Challenging.Alice() with { Bypass = null } : new() { Key = "a", Tenant = "contoso", User = "alice", OfficePhone = Enrolling.Phone(9) };

    /// <summary>Plays it to the end.</summary>
    /// <param name="each">Sees every change.</param>
    /// <param name="refused">Sees every refusal.</param>
    public void Run(Action<AccountStep> each, Action<string>? refused = null)
    {
        // Some hours before midnight.
        var play = new AccountPlay(Policy, Begin, Play.Noon.AddHours(9), each, refused ?? (_ => { }));
        foreach (var move in Moves)
        {
            play.Do(move);
        }
    }

    public override string ToString() =>
        $"{(ReferenceEquals(Policy, s_tight) ? "tight" : "usual")} {(Equipped ? "equipped" : "bare")} [{string.Join(", ", Moves.Select(m => $"{m.What} {m.Kind} {m.Which} {m.Detail} {m.After}"))}]";
}
