namespace Mfa.VirtualPhone;

/// <summary>One call to one phone. Everything here happens with the phone's lock held.</summary>
internal sealed class Call : Leg
{
    private readonly VirtualPhoneOptions _options;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _posted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Switchboard? _switchboard;
    private ExtensionLeg? _extension;

    public Call(CallOrder order, Phone phone, EventLane lane, VirtualPhoneOptions options, TimeProvider time)
        : base(phone, options, time)
    {
        (Order, Lane, _options, _time) = (order, lane, options, time);
        Media = new(this, new Alarm(time, phone.Gate), options);
        Keypad = new(Media, new Alarm(time, phone.Gate), options);
        Media.ListenerCame += Keypad.Offer;
    }

    public override string Id { get; } = Guid.NewGuid().ToString();

    public string ServerCallId { get; } = Guid.NewGuid().ToString("n");

    public string CorrelationId { get; } = Guid.NewGuid().ToString();

    public CallOrder Order { get; }

    /// <summary>The way of this call's events to the client.</summary>
    public EventLane Lane { get; }

    public MediaQueue Media { get; }

    public Keypad Keypad { get; }

    public override string From => Order.From;

    public override bool Listening => Media.Listening;

    /// <summary>Done when the call has ended and its last event was posted: until then it occupies the line.</summary>
    public Task Posted => _posted.Task;

    /// <summary>ACS tells of a declined call twice, and the second event doesn't look like a failure.</summary>
    public override void Decline()
    {
        Raise(new("CreateCallFailed", ResultInformation.Declined, Order.OperationContext));
        End("CallDisconnected", ResultInformation.TheyHungUp);
    }

    public void Fail(ResultInformation why) => End("CreateCallFailed", why);

    public override void HangUp() => HangUp(ResultInformation.TheyHungUp);

    public void HangUp(ResultInformation who) => End("CallDisconnected", who);

    public override void Press(string keys) => Keypad.Press(keys);

    public override void Say(string text, string? language = null)
    {
        base.Say(text, language);
        _extension?.Hear(text, language);
    }

    /// <summary>Tones that the client sends into the call.</summary>
    public void Hear(string keys)
    {
        Say($"[tones {string.Join(' ', keys.AsEnumerable())}]");
        _switchboard?.Hear(keys);
    }

    /// <summary>Rings at an extension; false where it is busy.</summary>
    public bool TryPutThrough(Phone extension)
    {
        _extension = new(this, extension, _options, _time);
        return extension.TryRing(_extension);
    }

    /// <summary>Something that those on the line can see has changed.</summary>
    public void Changed()
    {
        Phone.Changes.Add();
        _extension?.Phone.Changes.Add();
    }

    public Task Raise(CallHappening what, Uri? to = null) =>
        Lane.Add(new(to ?? Order.CallbackUri, CallEvent.Write(this, what, _time.GetUtcNow()), OfCall: true));

    protected override void Unanswered() => Fail(ResultInformation.NoAnswer);

    protected override void Answer(TimeSpan lasts)
    {
        base.Answer(lasts);
        Raise(new("CallConnected", ResultInformation.Good, Order.OperationContext));
        Raise(new("ParticipantsUpdated", ResultInformation.Good, Order.OperationContext) { Participants = [Phone.Number] });
    }

    protected override void AnswerAsSwitchboard()
    {
        Answer();
        _switchboard = new(this, new Alarm(_time, Phone.Gate), _options);
        _switchboard.Greet();
    }

    private void End(string type, ResultInformation why)
    {
        if (State == CallState.Ended) { return; }
        Over();
        _switchboard?.Stop();
        _extension?.End();
        Keypad.Release();
        Media.CancelAll();
        _ = Raise(new(type, why, Order.OperationContext)).ContinueWith(_ => _posted.SetResult(), TaskScheduler.Default);
    }
}
