namespace Mfa.VirtualPhone;

/// <summary>A call by Twilio's wire.</summary>
internal sealed class TwilioCall : Call
{
    private readonly EventLane _lane;
    private readonly WebhookPoster _poster;
    private readonly VirtualPhoneOptions _options;
    private readonly TimeProvider _time;
    private readonly TwimlRun _run;
    private readonly Keypad _keypad;
    private readonly TaskCompletionSource _posted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sequence;

    public TwilioCall(TwilioCallOrder order, Phone phone, EventLane lane, WebhookPoster poster, VirtualPhoneOptions options, TimeProvider time)
        : base(phone, options, time)
    {
        (Order, _lane, _poster, _options, _time) = (order, lane, poster, options, time);
        Created = time.GetUtcNow();
        Fallback = order.Instructions.Fallback;
        _run = new(this, new Alarm(time, phone.Gate), Ask, options);
        _keypad = new(_run, new Alarm(time, phone.Gate), options);
        _run.ListenerCame += _keypad.Offer;
    }

    public override string Id { get; } = Sid.New("CA");

    public override Wire Wire => Wire.Twilio;

    public TwilioCallOrder Order { get; }

    public override string From => Order.From;

    public override bool Listening => _run.Listening;

    public override Task Posted => _posted.Task;

    /// <summary>Done when the first webhook of the call was posted, or when the call is over without one.</summary>
    public Task First => _first.Task;

    /// <summary>As Twilio names it.</summary>
    public string Status { get; private set; } = "queued";

    public DateTimeOffset Created { get; }

    /// <summary>When it was dialled; null while it is queued.</summary>
    public DateTimeOffset? Started { get; private set; }

    public DateTimeOffset? Answered { get; private set; }

    public DateTimeOffset? Ended { get; private set; }

    /// <summary>In seconds, from the answer on.</summary>
    public int Duration => Answered is { } answered && Ended is { } ended ? (int)(ended - answered).TotalSeconds : 0;

    public WebhookAddress? Fallback { get; private set; }

    /// <summary>Rings at the phone, unless somebody was faster.</summary>
    public void Dial()
    {
        if (Status != "queued") { return; }
        Started = _time.GetUtcNow();
        Status = "ringing";
        Tell("initiated", "initiated");
        Phone.Take(this);
    }

    public override void Ring(CallHabit habit)
    {
        if (habit != CallHabit.Unreachable) { Tell("ringing", "ringing"); }
        base.Ring(habit);
    }

    /// <summary>New instructions, in place of those that run.</summary>
    public void Follow(Instructions now)
    {
        Fallback = now.Fallback ?? Fallback;
        Follow(now, []);
    }

    public override void Decline() => End("no-answer", 603);

    public override void FindBusy() => End("busy", 486);

    public override void HangUp()
    {
        if (State == CallState.Ringing) { Decline(); }
        else { Finish(); }
    }

    /// <summary>By the client, or by what it said is to be done; where nobody has answered, it is canceled.</summary>
    public void Finish()
    {
        if (State == CallState.Ringing) { Cancel(); }
        else { End("completed", 200); }
    }

    /// <summary>Only where nobody has answered.</summary>
    public void Cancel()
    {
        if (State == CallState.Ringing) { End("canceled", 487); }
    }

    public override void Press(string keys) => _keypad.Press(keys);

    /// <summary>The fields of every webhook of this call.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields() => CallFields.Of(this, Status, _options.TwilioAccountSid);

    protected override TimeSpan RingsFor => Order.RingFor;

    protected override TimeSpan LastsFor => Order.Lasts is { } lasts && lasts < _options.CallFor ? lasts : _options.CallFor;

    protected override void FindUnreachable() => End("failed", 404);

    protected override void Unanswered() => End("no-answer", 487);

    protected override void Answer(TimeSpan lasts)
    {
        Answered = _time.GetUtcNow();
        Status = "in-progress";
        Tell("answered", "in-progress");
        base.Answer(lasts);
        Follow(Order.Instructions, Order.Digits.Length > 0 ? [new SendTones(Order.Digits)] : []);
    }

    private void Follow(Instructions now, IReadOnlyList<Verb> before)
    {
        if (now.Twiml is { } twiml) { _run.Start(before, twiml); }
        else { _run.Start([.. before, new Redirect(now.Url!.Given, now.Method)]); }
    }

    private void End(string status, int sipCode)
    {
        if (State == CallState.Ended) { return; }
        var queued = Status == "queued";
        (Status, Ended) = (status, _time.GetUtcNow());
        Over();
        _keypad.Release();
        _run.Stop();
        // Nobody is told of a call that never went.
        var told = queued ? Task.CompletedTask : Tell("completed", status, sipCode);
        told.ContinueWith(
            _ =>
            {
                _posted.SetResult();
                _first.TrySetResult();
            },
            TaskScheduler.Default);
    }

    private Task Tell(string what, string status, int? sipCode = null)
    {
        if (Order.StatusCallback is not { } receiver || !Order.Events.Contains(what)) { return Task.CompletedTask; }
        var hook = new Webhook(receiver, Order.StatusMethod, CallFields.Progress(this, status, sipCode, _sequence++, _time.GetUtcNow(), _options.TwilioAccountSid), OfCall: true);
        var posted = _lane.Add(() => _poster.Post(hook));
        posted.ContinueWith(_ => _first.TrySetResult(), TaskScheduler.Default);
        return posted;
    }

    /// <summary>Asks for TwiML: no habit loses that. Of two answers the first counts.</summary>
    private async Task<WebhookAnswer?> Ask(Webhook hook)
    {
        var answer = await _poster.Post(hook);
        _first.TrySetResult();
        if (Phone.Habits.Events == EventHabit.Twice) { await _poster.Post(hook); }
        return answer;
    }
}
