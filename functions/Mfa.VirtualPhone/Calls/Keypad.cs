namespace Mfa.VirtualPhone;

/// <summary>
/// The keys a person presses, one after another at a human's pace. A key that nobody listens for waits a moment, since the
/// next question may be on its way; then it is lost, like on a real line.
/// </summary>
internal sealed class Keypad(IKeyListener listener, Alarm alarm, VirtualPhoneOptions options)
{
    public const int Most = 64;
    private readonly Queue<string> _keys = [];
    private bool _paused;
    private bool _waits;

    public static bool Knows(string keys) => keys.Length is > 0 and <= Most && keys.All(key => Tones.Of(key) is not null);

    public void Press(string keys)
    {
        foreach (var key in keys.Take(Most - _keys.Count)) { _keys.Enqueue(Tones.Of(key)!); }
        Offer();
    }

    /// <summary>Presses the next key, if somebody listens.</summary>
    public void Offer()
    {
        if (_paused || !_keys.TryPeek(out var tone)) { return; }
        if (!listener.Listening)
        {
            if (!_waits) { alarm.Set(options.KeyWait, Lose); }
            _waits = _keys.Count > 0;
            return;
        }

        _waits = false;
        _keys.Dequeue();
        _paused = true;
        listener.Hear(tone);
        alarm.Set(options.KeyPace, Resume);
    }

    /// <summary>Forgets the keys that were not heard.</summary>
    public void Release()
    {
        _keys.Clear();
        _paused = _waits = false;
        alarm.Stop();
    }

    private void Resume()
    {
        _paused = false;
        Offer();
    }

    private void Lose()
    {
        _waits = false;
        _keys.Dequeue();
        Offer();
    }
}
