using System.Text.Json;
using Xunit;

namespace Mfa.Core.Tests;

/// <summary>A verification that is played at a time that is set, with all that its shell was told to perform.</summary>
internal sealed class Play
{
    public const string Id = "account-enrollment-1";
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Secret Key = Secret.From("a key of a verification"u8);
    private static readonly string[] s_codes = [.. Enumerable.Range(1, 20).Select(send => VerificationCode.Derive(Key, Id, send).Reveal())];
    private int _events;

    /// <param name="how">The way it proves.</param>
    /// <param name="policy">Its rules.</param>
    /// <param name="dial">What is dialled once a call is answered: digits and pauses.</param>
    public Play(How how, VerificationPolicy? policy = null, string? dial = null)
    {
        var extension = dial is null ? null : PhoneNumber.FromTel($"+31201234567;ext={dial}").Extension;
        Last = Verification.Start(Id, how, Key, policy ?? new VerificationPolicy(), Now, extension: extension);
        Note();
    }

    /// <summary>Six digits that no send of it has.</summary>
    public static string WrongCode { get; } = Enumerable.Range(0, 100).Select(n => $"{n:D6}").First(code => !s_codes.Contains(code));

    public delegate void Look(Verification before, VerificationEvent e, Stepped stepped);

    /// <summary>Sees every step.</summary>
    public Look? Each { get; set; }

    public DateTimeOffset Now { get; private set; } = Noon;

    public Stepped Last { get; private set; }

    /// <summary>Everything that had to be performed, and when.</summary>
    public List<(PendingEffect Pending, DateTimeOffset At)> Tries { get; } = [];

    public Verification V => Last.Next;

    public TimeSpan Elapsed => Now - Noon;

    /// <summary>What the last step told to perform at once.</summary>
    public IEnumerable<Effect> Performs => Last.Effects.Select(p => p.Effect).Where(e => !e.IsHousekeeping);

    /// <summary>What it told to do after the answer.</summary>
    public IEnumerable<Effect> KeepsHouse => Last.Effects.Select(p => p.Effect).Where(e => e.IsHousekeeping);

    /// <summary>A text that the carrier has taken.</summary>
    public static Play Texted(VerificationPolicy? policy = null)
    {
        var play = new Play(How.Text, policy);
        play.Done<SendText>();
        return play;
    }

    /// <summary>A call that somebody answered.</summary>
    public static Play Answered(VerificationPolicy? policy = null)
    {
        var play = new Play(How.Call, policy);
        play.Done<PlaceCall>("call-1");
        play.Connects();
        play.Done<Ask>();
        return play;
    }

    public static string Json(Verification v) => JsonSerializer.Serialize(v, StateJson.Default.Verification);

    /// <summary>The code of a send.</summary>
    public static string Code(int send) => s_codes[send - 1];

    /// <summary>What an authenticator app shows, by its library's own clock arithmetic.</summary>
    public static string AppCode(DateTimeOffset at) => new OtpNet.Totp(Key.Bytes.ToArray()).ComputeTotp(at.UtcDateTime);

    /// <summary>When time is up: a call that is on the line, or was a moment ago, has a minute more.</summary>
    public static DateTimeOffset TimeIsUp(Verification v) =>
        v.Deadline + (v.IsConnected || v.Call is { Phase: CallPhase.Ended, Prompt: > 0 } ? TimeSpan.FromSeconds(60) : TimeSpan.Zero);

    public string NextEvent() => $"event-{++_events}";

    public Play Wait(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public Play Wait(double seconds) => Wait(TimeSpan.FromSeconds(seconds));

    public Play WaitUntil(DateTimeOffset at) => at > Now ? Wait(at - Now) : this;

    public Answer Step(VerificationEvent e)
    {
        var before = V;
        Last = Verification.Step(before, e, Now);
        Note();
        Each?.Invoke(before, e, Last);
        return Last.Answer;
    }

    public Play Wake()
    {
        Step(new Woke());
        return this;
    }

    /// <summary>Waits until the clock must look, and looks.</summary>
    public Play WakeInTime() => WaitUntil(V.WakeAt()!.Value).Wake();

    /// <summary>The same, again and again.</summary>
    public Play WakeUntil(Func<Verification, bool> there)
    {
        while (!there(V))
        {
            WakeInTime();
        }

        return this;
    }

    public PendingEffect Pending<T>() where T : Effect => Assert.Single(V.Pending, p => p.Effect is T);

    /// <summary>It is done.</summary>
    /// <param name="receipt">What the carrier answered.</param>
    /// <param name="lookAfter">After how many seconds without news it is asked.</param>
    public Answer Done<T>(string? receipt = null, double? lookAfter = null) where T : Effect =>
        Step(new EffectDone(Pending<T>().Number, Pending<T>().Effect, receipt) { LookAfter = lookAfter is { } s ? TimeSpan.FromSeconds(s) : null });

    /// <summary>The carrier says that the call is over.</summary>
    public Answer Over<T>() where T : Effect => Step(new EffectDone(Pending<T>().Number, Pending<T>().Effect) { Over = true });

    /// <summary>A look finds something, or nothing yet.</summary>
    public Answer Finds(CarrierEvent? found) => Step(new EffectDone(Pending<LookUp>().Number, Pending<LookUp>().Effect) { Found = found });

    /// <summary>The carrier did not take it.</summary>
    public Answer Refused<T>(TimeSpan? retryAfter = null) where T : Effect =>
        Step(new EffectFailed(Pending<T>().Number, Reason.CarrierDown, Transient: true, Refused: true, retryAfter));

    /// <summary>Nobody knows whether the carrier took it.</summary>
    public Answer Unknown<T>() where T : Effect => Step(new EffectFailed(Pending<T>().Number, Reason.CarrierDown, Transient: true, Refused: false));

    /// <summary>The carrier says no for good.</summary>
    public Answer Never<T>(Reason reason) where T : Effect => Step(new EffectFailed(Pending<T>().Number, reason, Transient: false, Refused: true));

    /// <summary>The carrier has reasons of its own not to take it.</summary>
    public Answer NotByThisOne<T>(bool transient = true, TimeSpan? retryAfter = null) where T : Effect =>
        Step(new EffectFailed(Pending<T>().Number, Reason.CarrierDown, transient, Refused: true, retryAfter, Own: true));

    public Answer Type(string code) => Step(new CodeTyped(code, Key));

    public Answer Replies(string text, string? eventId = null) => Step(new Replied(eventId ?? NextEvent(), text, Key));

    /// <summary>The carrier tells that it has taken a text.</summary>
    public Answer IsTaken(int? send = null) => Step(new TextTaken(NextEvent(), send ?? V.Attempt));

    /// <summary>The carrier tells what became of a text.</summary>
    public Answer Arrives(bool delivered = true, int? send = null) => Step(new TextReported(NextEvent(), send ?? V.Attempt, delivered));

    /// <summary>The carrier tells that it has taken a call.</summary>
    public Answer IsPlaced(string? callId = null, int? attempt = null) =>
        Step(new CallPlaced(NextEvent(), attempt ?? V.Attempt, callId ?? $"call-{attempt ?? V.Attempt}"));

    public Answer Connects(string? callId = null, int? attempt = null) =>
        Step(new CallConnected(NextEvent(), attempt ?? V.Attempt, callId ?? $"call-{attempt ?? V.Attempt}"));

    public Answer Ends(Reason? reason, string? callId = null, int? attempt = null) =>
        Step(new CallEnded(NextEvent(), attempt ?? V.Attempt, callId ?? $"call-{attempt ?? V.Attempt}", reason));

    /// <summary>Keys in answer to the prompt that listens now.</summary>
    public Answer Press(string keys) => Step(new KeysHeard(NextEvent(), V.Attempt, V.Call!.Id!, V.Call.Prompt, keys));

    /// <summary>The tones of the extension's part that is dialled now were sent.</summary>
    public Answer Dialled(int? part = null) => Step(new ExtensionDialled(NextEvent(), V.Attempt, V.Call!.Id!, part ?? V.Call.Part));

    /// <summary>They could not be sent.</summary>
    public Answer NotDialled() => Step(new ExtensionNotDialled(NextEvent(), V.Attempt, V.Call!.Id!, V.Call.Part));

    /// <summary>No key in answer to the prompt that listens now.</summary>
    public Answer Silence() => Step(new NothingHeard(NextEvent(), V.Attempt, V.Call!.Id!, V.Call.Prompt));

    /// <summary>The call ends, and no key is told of late.</summary>
    public Play HangsUp()
    {
        Ends(Reason.HungUp);
        Is(VerificationState.Waiting);
        return Wait(3).Wake();
    }

    /// <summary>Asserts where it stands.</summary>
    public Play Is(VerificationState state, Reason? reason = null)
    {
        Assert.Equal((state, reason), (V.State, V.Reason));
        return this;
    }

    private void Note() => Tries.AddRange(Last.Effects.Select(p => (p, Now)));
}
