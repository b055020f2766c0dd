namespace Mfa.VirtualPhone;

/// <summary>
/// A call as a phone has it: what the person who holds it sees of it and does to it. Everything here happens with the phone's lock held.
/// </summary>
internal abstract class Leg
{
    /// <summary>The last things said on a call that are kept.</summary>
    private const int MostSaid = 100;

    private readonly VirtualPhoneOptions _options;
    private readonly Alarm _alarm;
    private readonly List<string> _said = [];

    protected Leg(Phone phone, VirtualPhoneOptions options, TimeProvider time) =>
        (Phone, _options, _alarm) = (phone, options, new(time, phone.Gate));

    public abstract string Id { get; }

    public abstract Wire Wire { get; }

    public abstract string From { get; }

    /// <summary>Whether a key pressed now would be heard.</summary>
    public abstract bool Listening { get; }

    public Phone Phone { get; }

    public CallState State { get; protected set; } = CallState.Ringing;

    public IReadOnlyList<string> Said => _said;

    /// <summary>What the last words were in, as BCP 47 names it; null where nobody said.</summary>
    public string? Language { get; private set; }

    public virtual void Ring(CallHabit habit)
    {
        switch (habit)
        {
            case CallHabit.Decline:
                Decline();
                break;
            case CallHabit.Unreachable:
                FindUnreachable();
                break;
            case CallHabit.NoAnswer:
                _alarm.Set(_options.NoAnswerAfter ?? RingsFor, Unanswered);
                break;
            case CallHabit.Answer:
                _alarm.Set(_options.AnswerDelay, Answer);
                break;
            case CallHabit.Voicemail:
                _alarm.Set(_options.AnswerDelay, () => Answer(_options.VoicemailFor));
                break;
            case CallHabit.Switchboard:
                _alarm.Set(_options.AnswerDelay, AnswerAsSwitchboard);
                break;
            default:
                _alarm.Set(RingsFor, Unanswered);
                break;
        }
    }

    public void Answer() => Answer(LastsFor);

    public abstract void Decline();

    /// <summary>By the person who holds the phone.</summary>
    public abstract void HangUp();

    public abstract void Press(string keys);

    public virtual void Say(string text, string? language = null)
    {
        if (_said.Count == MostSaid) { _said.RemoveAt(0); }
        _said.Add(text);
        Language = language ?? Language;
        Phone.Changes.Add();
    }

    /// <summary>How long it rings before nobody answered.</summary>
    protected virtual TimeSpan RingsFor => _options.RingFor;

    /// <summary>The longest that it lasts.</summary>
    protected virtual TimeSpan LastsFor => _options.CallFor;

    /// <summary>No way leads to the phone.</summary>
    protected abstract void FindUnreachable();

    /// <summary>Nobody answered.</summary>
    protected abstract void Unanswered();

    /// <summary>The phone is answered, and hangs up after some time at the latest.</summary>
    protected virtual void Answer(TimeSpan lasts)
    {
        State = CallState.Answered;
        _alarm.Set(lasts, HangUp);
        Phone.Changes.Add();
    }

    protected virtual void AnswerAsSwitchboard() => Answer();

    /// <summary>It is over: whatever was to happen to it does not.</summary>
    protected virtual void Over()
    {
        State = CallState.Ended;
        _alarm.Stop();
        Phone.Changes.Add();
    }
}
