namespace Mfa.VirtualPhone;

/// <summary>One call of a carrier's client to one phone, by either wire. Everything here happens with the phone's lock held.</summary>
internal abstract class Call(Phone phone, VirtualPhoneOptions options, TimeProvider time) : Leg(phone, options, time)
{
    private readonly VirtualPhoneOptions _options = options;
    private readonly TimeProvider _time = time;
    private Switchboard? _switchboard;
    private ExtensionLeg? _extension;

    /// <summary>Done when the call no longer occupies the line.</summary>
    public abstract Task Posted { get; }

    /// <summary>The phone is in another call, or is busy by habit.</summary>
    public abstract void FindBusy();

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

    protected override void Answer(TimeSpan lasts)
    {
        base.Answer(lasts);
        _switchboard?.Greet();
    }

    protected override void AnswerAsSwitchboard()
    {
        _switchboard = new(this, new Alarm(_time, Phone.Gate), _options);
        Answer();
    }

    protected override void Over()
    {
        base.Over();
        _switchboard?.Stop();
        _extension?.End();
    }
}
