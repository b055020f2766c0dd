namespace Mfa.VirtualPhone;

/// <summary>One call to one phone. Everything here happens with the phone's lock held.</summary>
internal sealed class Call
{
    /// <summary>The last things said on a call that are kept.</summary>
    private const int MostSaid = 100;

    private readonly VirtualPhoneOptions _options;
    private readonly TimeProvider _time;
    private readonly Alarm _alarm;
    private readonly List<string> _said = [];
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Call(CallOrder order, Phone phone, EventLane lane, VirtualPhoneOptions options, TimeProvider time)
    {
        (Order, Phone, Lane, _options, _time) = (order, phone, lane, options, time);
        _alarm = new(time, phone.Gate);
        Media = new(this, new Alarm(time, phone.Gate), options);
        Keypad = new(Media, new Alarm(time, phone.Gate), options);
        Media.ListenerCame += Keypad.Offer;
    }

    public string Id { get; } = Guid.NewGuid().ToString();

    public string ServerCallId { get; } = Guid.NewGuid().ToString("n");

    public string CorrelationId { get; } = Guid.NewGuid().ToString();

    public CallOrder Order { get; }

    public Phone Phone { get; }

    /// <summary>The way of this call's events to the client.</summary>
    public EventLane Lane { get; }

    public MediaQueue Media { get; }

    public Keypad Keypad { get; }

    public CallState State { get; private set; } = CallState.Ringing;

    public IReadOnlyList<string> Said => _said;

    /// <summary>Done when the call has ended and its last event was posted: until then it occupies the line.</summary>
    public Task Over => _over.Task;

    public void Ring(CallHabit habit)
    {
        switch (habit)
        {
            case CallHabit.Decline:
                Decline();
                break;
            case CallHabit.NoAnswer:
                _alarm.Set(_options.NoAnswerAfter ?? _options.RingFor, () => Fail(ResultInformation.NoAnswer));
                break;
            case CallHabit.Answer:
                _alarm.Set(_options.AnswerDelay, () => Answer(_options.CallFor));
                break;
            case CallHabit.Voicemail:
                _alarm.Set(_options.AnswerDelay, () => Answer(_options.VoicemailFor));
                break;
            default:
                _alarm.Set(_options.RingFor, () => Fail(ResultInformation.NoAnswer));
                break;
        }
    }

    public void Answer() => Answer(_options.CallFor);

    /// <summary>ACS tells of a declined call twice, and the second event doesn't look like a failure.</summary>
    public void Decline()
    {
        Raise(new("CreateCallFailed", ResultInformation.Declined, Order.OperationContext));
        End("CallDisconnected", ResultInformation.TheyHungUp);
    }

    public void Fail(ResultInformation why) => End("CreateCallFailed", why);

    public void HangUp(ResultInformation who) => End("CallDisconnected", who);

    public void Say(string text)
    {
        if (_said.Count == MostSaid) { _said.RemoveAt(0); }
        _said.Add(text);
        Phone.Changes.Add();
    }

    public Task Raise(CallHappening what, Uri? to = null) =>
        Lane.Add(new(to ?? Order.CallbackUri, CallEvent.Write(this, what, _time.GetUtcNow()), OfCall: true));

    private void Answer(TimeSpan lasts)
    {
        State = CallState.Answered;
        Raise(new("CallConnected", ResultInformation.Good, Order.OperationContext));
        Raise(new("ParticipantsUpdated", ResultInformation.Good, Order.OperationContext) { Participants = [Phone.Number] });
        _alarm.Set(lasts, () => HangUp(ResultInformation.TheyHungUp));
        Phone.Changes.Add();
    }

    private void End(string type, ResultInformation why)
    {
        if (State == CallState.Ended) { return; }
        State = CallState.Ended;
        _alarm.Stop();
        Keypad.Release();
        Media.CancelAll();
        _ = Raise(new(type, why, Order.OperationContext)).ContinueWith(_ => _over.SetResult(), TaskScheduler.Default);
        Phone.Changes.Add();
    }
}
