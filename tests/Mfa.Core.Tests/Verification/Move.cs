using CsCheck;

namespace Mfa.Core.Tests;

/// <summary>What happens next in a random life of a verification; the numbers choose among what is possible there.</summary>
internal readonly record struct Move(Happening What, int Which, int Detail, Pace Pace, int Milliseconds)
{
    // How often each happens: anywhere, with a text, in a call, with an authenticator app.
    private static readonly (Happening What, int Any, int Text, int Call, int Code)[] s_often =
    [
        (Happening.Done, 10, 4, 10, 0), (Happening.Refused, 2, 4, 2, 0), (Happening.Unknown, 2, 4, 2, 0), (Happening.Never, 0, 1, 1, 0), (Happening.Own, 1, 3, 2, 0),
        (Happening.StaleReport, 3, 0, 0, 0), (Happening.Woke, 10, 0, 10, 0), (Happening.Doubled, 4, 0, 0, 0), (Happening.ToldAgain, 2, 0, 0, 0),
        (Happening.WrongCode, 2, 6, 0, 20), (Happening.CodeSent, 1, 1, 0, 3), (Happening.Reply, 1, 4, 0, 0), (Happening.Resend, 2, 10, 4, 0),
        (Happening.Report, 1, 4, 0, 0), (Happening.Connected, 1, 0, 10, 0), (Happening.Silence, 1, 0, 8, 0), (Happening.Keys, 1, 0, 16, 0),
        (Happening.Ended, 1, 0, 6, 0), (Happening.LastWords, 1, 0, 3, 0), (Happening.Dialled, 1, 0, 10, 0), (Happening.NotDialled, 0, 0, 1, 0), (Happening.StrayCallEvent, 1, 0, 6, 0),
        (Happening.IsTaken, 0, 4, 0, 0), (Happening.IsPlaced, 0, 0, 4, 0), (Happening.Over, 0, 0, 3, 0), (Happening.Found, 0, 4, 4, 0),
    ];

    private static readonly Gen<Pace> s_paces = Gen.Frequency(
        (8, Gen.Const(Pace.AtOnce)), (8, Gen.Const(Pace.Milliseconds)), (8, Gen.Const(Pace.Seconds)), (2, Gen.Const(Pace.Minutes)),
        (4, Gen.Const(Pace.WakeAt)), (1, Gen.Const(Pace.NearDeadline)));

    /// <summary>Up to eighty of them, most of which can happen to a verification of this kind.</summary>
    public static Gen<Move[]> Many(How how)
    {
        var usual = Of(how, carrierFails: 1);
        // A carrier that takes nothing for minutes.
        var down = Of(how, carrierFails: 12);
        return Gen.Frequency((5, usual), (1, down));
    }

    private static Gen<Move[]> Of(How how, int carrierFails)
    {
        var happenings = Gen.Frequency([.. s_often.Select(o => (Weight(o, how) * (o.What is Happening.Refused or Happening.Unknown or Happening.Own ? carrierFails : 1), Gen.Const(o.What)))])
            .SelectMany(often => Gen.Int[0, 199].Select(seldom => seldom == 0 ? Happening.Cancel : often));
        return Gen.Select(happenings, Gen.Int[0, 99], Gen.Int[0, 99], s_paces, Gen.Int[0, 1000])
            .Select((what, which, detail, pace, ms) => new Move(what, which, detail, pace, ms))
            .Array[0, 80];
    }

    private static int Weight((Happening What, int Any, int Text, int Call, int Code) often, How how) =>
        often.Any + (how switch { How.Text => often.Text, How.Call => often.Call, _ => often.Code });
}

/// <summary>Kinds of things that happen to a verification.</summary>
internal enum Happening
{
    Done, Refused, Unknown, Never, Own, StaleReport, Woke, WrongCode, CodeSent, Reply, Resend, Cancel,
    Connected, Silence, Keys, Ended, LastWords, Dialled, NotDialled, Report, StrayCallEvent, Doubled, ToldAgain,
    IsTaken, IsPlaced, Over, Found,
}

/// <summary>How long it takes until something happens.</summary>
internal enum Pace
{
    AtOnce, Milliseconds, Seconds, Minutes, WakeAt, NearDeadline,
}
