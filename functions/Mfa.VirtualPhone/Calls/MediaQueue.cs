namespace Mfa.VirtualPhone;

/// <summary>The operations of a call: one at a time, the others wait for their turn.</summary>
internal sealed class MediaQueue(AcsCall call, Alarm alarm, VirtualPhoneOptions options) : IKeyListener
{
    private const int MostWaiting = 10;
    private readonly Queue<MediaOperation> _waiting = [];
    private MediaOperation? _now;

    /// <summary>A key that is pressed now would be heard.</summary>
    public event Action? ListenerCame;

    public bool Listening => _now?.Listening == true;

    public VirtualPhoneOptions Options => options;

    /// <summary>The one clock of the operation that runs.</summary>
    public Alarm Alarm => alarm;

    /// <summary>False when too many wait already.</summary>
    public bool TryAdd(MediaOperation operation, bool interrupt)
    {
        if (interrupt) { CancelAll(); }
        if (_waiting.Count == MostWaiting) { return false; }
        _waiting.Enqueue(operation);
        Next();
        return true;
    }

    public void CancelAll()
    {
        MediaOperation[] all = _now is null ? [.. _waiting] : [_now, .. _waiting];
        alarm.Stop();
        _now = null;
        _waiting.Clear();
        foreach (var operation in all) { Raise(operation, new(operation.CanceledEvent, ResultInformation.Canceled, operation.OperationContext)); }
        if (all.Length > 0) { call.Changed(); }
    }

    public void Hear(string tone) => _now?.Hear(this, tone);

    /// <summary>The operation that runs speaks this.</summary>
    public void Say(Prompt prompt) => call.Say(prompt.Words, prompt.Language);

    /// <summary>The operation that runs has begun to listen.</summary>
    public void Listens()
    {
        call.Changed();
        ListenerCame?.Invoke();
    }

    /// <summary>The operation that runs has ended.</summary>
    public void Finish(CallHappening what)
    {
        var done = _now!;
        alarm.Stop();
        _now = null;
        Raise(done, what);
        call.Changed();
        Next();
    }

    private void Next()
    {
        if (_now is null && _waiting.TryDequeue(out _now)) { _now.Begin(this); }
    }

    private void Raise(MediaOperation operation, CallHappening what) => call.Raise(what, operation.CallbackUri);
}
