using CsCheck;

namespace Mfa.Core.Tests;

/// <summary>Kinds of things that happen to an account and what it has opened.</summary>
internal enum AccountHappening
{
    Open, Contact, Resend, Wrong, Right, Fraud, Cancel, Reset, Forget,
}

/// <summary>What happens next, after some time; the numbers choose among what is possible there.</summary>
internal readonly record struct AccountMove(AccountHappening What, MethodKind Kind, int Which, int Detail, TimeSpan After);

/// <summary>One change of the account, and of the holder that made it.</summary>
internal sealed record AccountStep(
    AccountMove Move, Account Before, Account After, Enrollment? HolderBefore, Enrollment? HolderAfter, Answer? Answer, DateTimeOffset Now);

/// <summary>A random life of an account that is busy with several enrollments of all kinds at once, in any order, over some days.</summary>
internal sealed record AccountLife(AccountPolicy Policy, AccountMove[] Moves)
{
    // Limits that a short life reaches.
    private static readonly AccountPolicy s_tight = new()
    {
        OpensADay = 9,
        ContactsADay = 5,
        SendsADay = 4,
        UnprovedSendsADay = 3,
        NewNumbersADay = 2,
        FailuresBeforeWait = 2,
        FailuresBeforeLock = 3,
    };

    private static readonly Gen<TimeSpan> s_after = Gen.Frequency(
        (12, Gen.Const(TimeSpan.Zero)),
        (8, Gen.Int[1, 60].Select(s => TimeSpan.FromSeconds(s))),
        (3, Gen.Int[1, 15].Select(m => TimeSpan.FromMinutes(m))),
        (1, Gen.Int[1, 9].Select(h => TimeSpan.FromHours(h))));

    // How often each happens.
    private static readonly Gen<AccountHappening> s_happenings = Gen.Frequency([.. new[]
    {
        (8, AccountHappening.Open), (14, AccountHappening.Contact), (5, AccountHappening.Resend), (12, AccountHappening.Wrong), (7, AccountHappening.Right),
        (1, AccountHappening.Fraud), (1, AccountHappening.Cancel), (1, AccountHappening.Reset), (1, AccountHappening.Forget),
    }.Select(o => (o.Item1, Gen.Const(o.Item2)))]);

    private static readonly Gen<AccountMove> s_moves = Gen.Select(s_happenings, Gen.Enum<MethodKind>(), Gen.Int[0, 99], Gen.Int[0, 99], s_after)
        .Select((what, kind, which, detail, after) => new AccountMove(what, kind, which, detail, after));

    public static readonly Gen<AccountLife> Any = Gen.Select(Gen.OneOf(Gen.Const(s_tight), Gen.Const(new AccountPolicy())), s_moves.Array[0, 100])
        .Select((policy, moves) => new AccountLife(policy, moves));

    /// <summary>Plays it to the end.</summary>
    /// <param name="each">Sees every change.</param>
    /// <param name="refused">Sees every refusal.</param>
    public void Run(Action<AccountStep> each, Action<AccountFault>? refused = null)
    {
        // Some hours before midnight.
        var play = new AccountPlay(Policy, Play.Noon.AddHours(9), each, refused ?? (_ => { }));
        foreach (var move in Moves)
        {
            play.Do(move);
        }
    }

    public override string ToString() =>
        $"{(ReferenceEquals(Policy, s_tight) ? "tight" : "usual")} [{string.Join(", ", Moves.Select(m => $"{m.What} {m.Kind} {m.Which} {m.Detail} {m.After}"))}]";
}
