namespace Mfa.Core.Tests;

/// <summary>Makes events out of moves.</summary>
internal static class Events
{
    private static readonly Reason?[] s_ends = [null, Reason.NoAnswer, Reason.Busy, Reason.Declined, Reason.HungUp, null, Reason.Busy, Reason.Undeliverable];
    private static readonly Reason[] s_nos = [Reason.Undeliverable, Reason.OptedOut, Reason.Busy, Reason.Limit];
    private static readonly string[] s_keys = ["0", "0#", "1", "#", "5", "12#", "*", "", "123#", "0#1", "##"];
    private static readonly TimeSpan?[] s_retryAfter = [null, null, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(6)];

    public static VerificationEvent? For(Play play, List<CarrierEvent> told, Move move)
    {
        var (which, detail) = (move.Which, move.Detail);
        return move.What switch
        {
            Happening.Woke => new Woke(),
            Happening.Done => Pending(play, which) is { } p ? Done(p, detail) : null,
            Happening.Refused => Pending(play, which) is { } p ? Fails(p, true, true, detail) : null,
            Happening.Unknown => Pending(play, which) is { } p ? Fails(p, true, false, 0) : null,
            Happening.Never => Pending(play, which) is { } p ? Fails(p, false, detail % 2 == 0, detail) : null,
            Happening.Own => Pending(play, which) is { } p ? Fails(p, detail % 3 > 0, detail % 7 > 0, detail) with { Own = true } : null,
            Happening.Over => Pending(play, which, e => e.InsideCall) is { } p ? Done(p, detail) with { Over = true } : null,
            Happening.Found => Pending(play, which, e => e is LookUp) is { Effect: LookUp look } p ? Done(p, detail) with { Found = Found(play, told, look, which, detail) } : null,
            Happening.StaleReport => play.Tries.Count == 0 ? null
                : Pick(play.Tries, which).Pending is var p && detail % 3 > 0 ? Done(p, detail) : Fails(p, detail % 2 == 0, detail % 4 == 0, detail),
            Happening.WrongCode => new CodeTyped(detail % 5 == 0 ? "what?" : Play.WrongCode, Play.Key),
            Happening.CodeSent => play.V.How == How.Code
                ? new CodeTyped(Play.AppCode(play.Now.AddSeconds(((detail % 7) - 3) * 30)), Play.Key, which % 2 == 0 ? null : Totp.StepAt(play.Now))
                : new CodeTyped(Play.Code(1 + (detail % 4)), Play.Key),
            Happening.Reply => new Replied(play.NextEvent(), detail % 2 == 0 ? Play.WrongCode : Play.Code(1 + (which % 4)), Play.Key),
            Happening.Resend => new ResendAsked(),
            Happening.Cancel => new CancelAsked(),
            Happening.Connected => new CallConnected(play.NextEvent(), play.V.Attempt, CallId(play, detail)),
            Happening.Silence => new NothingHeard(play.NextEvent(), play.V.Attempt, CallId(play, detail), Prompt(play, detail)),
            Happening.Keys => new KeysHeard(play.NextEvent(), play.V.Attempt, CallId(play, detail), Prompt(play, detail), Keys(play, which)),
            Happening.Ended => new CallEnded(play.NextEvent(), play.V.Attempt, CallId(play, detail), Pick(s_ends, which)),
            Happening.LastWords => new LastWordsSaid(play.NextEvent(), play.V.Attempt, CallId(play, detail)),
            Happening.Dialled => new ExtensionDialled(play.NextEvent(), play.V.Attempt, CallId(play, detail), Part(play, detail)),
            Happening.NotDialled => new ExtensionNotDialled(play.NextEvent(), play.V.Attempt, CallId(play, detail), Part(play, detail)),
            Happening.IsTaken => new TextTaken(play.NextEvent(), detail % 5 > 0 ? play.V.Attempt : which % 4, $"text-{which % 4}", detail % 2 == 0 ? null : TimeSpan.FromSeconds(1 + detail)),
            Happening.IsPlaced => new CallPlaced(play.NextEvent(), play.V.Attempt, CallId(play, detail)),
            Happening.Report => new TextReported(play.NextEvent(), detail % 4, which % 4 > 0, which % 8 > 3),
            Happening.StrayCallEvent => Stray(play, which, detail),
            Happening.Doubled => told.Count == 0 ? null : Pick(told, which),
            Happening.ToldAgain => told.Count == 0 ? null : Pick(told, which) with { EventId = play.NextEvent() },
            _ => throw new ArgumentOutOfRangeException(nameof(move)),
        };
    }

    private static T Pick<T>(IReadOnlyList<T> from, int which) => from[which % from.Count];

    /// <summary>What the carrier tells in an event, or says when it is asked.</summary>
    public static CarrierEvent? News(VerificationEvent e) => e as CarrierEvent ?? (e as EffectDone)?.Found;

    private static PendingEffect? Pending(Play play, int which, Func<Effect, bool>? of = null) =>
        play.V.Pending.Where(p => p.Tries > 0 && of?.Invoke(p.Effect) != false).ToArray() is { Length: > 0 } tried ? Pick(tried, which) : null;

    // Of most, the carrier's news may be lost.
    private static EffectDone Done(PendingEffect p, int detail) => new(p.Number, p.Effect, Receipt(p.Effect, detail)) { LookAfter = detail % 4 == 0 ? null : TimeSpan.FromSeconds(1 + detail) };

    private static string? Receipt(Effect effect, int detail) => effect switch
    {
        _ when detail % 20 == 1 => null,
        PlaceCall call => Id(call.Attempt, detail),
        SendText text => $"text-{text.Send}",
        _ => null,
    };

    private static CarrierEvent? Found(Play play, List<CarrierEvent> told, LookUp look, int which, int detail) => (detail % 6) switch
    {
        0 or 1 => null,
        2 when told.Count > 0 => Pick(told, which),
        _ when play.V.How == How.Text => new TextReported(play.NextEvent(), look.Attempt, which % 4 > 0),
        3 => new CallConnected(play.NextEvent(), look.Attempt, look.Receipt),
        _ => new CallEnded(play.NextEvent(), look.Attempt, look.Receipt, Pick(s_ends, which)),
    };

    private static EffectFailed Fails(PendingEffect p, bool transient, bool refused, int detail) =>
        new(p.Number, transient ? Reason.CarrierDown : Pick(s_nos, detail), transient, refused, transient ? Pick(s_retryAfter, detail) : null);

    // Now and then a second call of the same attempt: a carrier that does not honour a repeat.
    private static string Id(int attempt, int detail) => detail % 10 == 9 ? $"call-{attempt}b" : $"call-{attempt}";

    private static string CallId(Play play, int detail) => detail % 10 == 9 || play.V.Call?.Id is null ? Id(play.V.Attempt, detail) : play.V.Call.Id;

    private static int Prompt(Play play, int detail) => detail % 8 == 7 ? detail % 4 : play.V.Call?.Prompt ?? 1;

    private static int Part(Play play, int detail) => detail % 8 == 7 ? detail % 4 : play.V.Call?.Part ?? 1;

    private static string Keys(Play play, int which) => (play.V.Call?.Listening, which) switch
    {
        (CallPrompt.FraudPound, < 50) => "#",
        (CallPrompt.FraudConfirm, < 50) => "1",
        (CallPrompt.Verify or CallPrompt.VerifyAgain, < 20) => "0",
        (_, > 85) => play.V.MatchNumber is { } number ? $"{number}#" : "#",
        _ => Pick(s_keys, which),
    };

    private static CallEvent Stray(Play play, int which, int detail)
    {
        var (id, attempt) = (play.NextEvent(), which % 4);
        // A call id is of one attempt, so one that was never placed has none of ours; only a call that goes on could be taken for another.
        var call = detail % 5 > 0 ? Id((which / 4) % 4, detail) : attempt > play.V.Attempt ? $"ghost-{attempt}" : Id(attempt, detail);
        return (detail % 5) switch
        {
            0 when which % 3 == 0 => new CallPlaced(id, attempt, call),
            0 => new CallConnected(id, attempt, call),
            1 => new CallEnded(id, attempt, call, Pick(s_ends, detail)),
            2 => new KeysHeard(id, attempt, call, 1 + (detail % 3), Keys(play, 99)),
            3 when which % 2 == 0 => new ExtensionDialled(id, attempt, call, 1 + (detail % 3)),
            3 => new NothingHeard(id, attempt, call, 1 + (detail % 3)),
            _ => new LastWordsSaid(id, attempt, call),
        };
    }
}
