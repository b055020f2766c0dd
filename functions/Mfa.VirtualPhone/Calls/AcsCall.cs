namespace Mfa.VirtualPhone;

/// <summary>A call by ACS's wire.</summary>
internal sealed class AcsCall : Call
{
    private readonly EventPoster _poster;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _posted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AcsCall(CallOrder order, Phone phone, EventLane lane, EventPoster poster, VirtualPhoneOptions options, TimeProvider time)
        : base(phone, options, time)
    {
        (Order, Lane, _poster, _time) = (order, lane, poster, time);
        Media = new(this, new Alarm(time, phone.Gate), options);
        Keypad = new(Media, new Alarm(time, phone.Gate), options);
        Media.ListenerCame += Keypad.Offer;
    }

    public override string Id { get; } = Guid.NewGuid().ToString();

    public override Wire Wire => Wire.Acs;

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
    public override Task Posted => _posted.Task;

    /// <summary>ACS tells of a declined call twice, and the second event doesn't look like a failure.</summary>
    public override void Decline()
    {
        Raise(new("CreateCallFailed", ResultInformation.Declined, Order.OperationContext));
        End("CallDisconnected", ResultInformation.TheyHungUp);
    }

    public void Fail(ResultInformation why) => End("CreateCallFailed", why);

    public override void FindBusy() => Fail(ResultInformation.Busy);

    public override void HangUp() => HangUp(ResultInformation.TheyHungUp);

    public void HangUp(ResultInformation who) => End("CallDisconnected", who);

    public override void Press(string keys) => Keypad.Press(keys);

    public Task Raise(CallHappening what, Uri? to = null)
    {
        var due = new OutgoingEvent(to ?? Order.CallbackUri, CallEvent.Write(this, what, _time.GetUtcNow()), OfCall: true);
        return Lane.Add(() => _poster.Post(due));
    }

    protected override void FindUnreachable() => Fail(ResultInformation.Unreachable);

    protected override void Unanswered() => Fail(ResultInformation.NoAnswer);

    protected override void Answer(TimeSpan lasts)
    {
        base.Answer(lasts);
        Raise(new("CallConnected", ResultInformation.Good, Order.OperationContext));
        Raise(new("ParticipantsUpdated", ResultInformation.Good, Order.OperationContext) { Participants = [Phone.Number] });
    }

    private void End(string type, ResultInformation why)
    {
        if (State == CallState.Ended) { return; }
        Over();
        Keypad.Release();
        Media.CancelAll();
        _ = Raise(new(type, why, Order.OperationContext)).ContinueWith(_ => _posted.SetResult(), TaskScheduler.Default);
    }
}
