namespace Mfa.VirtualPhone;

/// <summary>One phone. Whatever changes it holds <see cref="Gate"/>.</summary>
internal sealed class Phone
{
    private const int MostTexts = 50;
    private readonly List<Text> _texts = [];
    private readonly List<SentText> _sent = [];

    public Phone(PhoneNumber number, EventPoster poster, VirtualPhoneOptions options, TimeProvider time)
    {
        Number = number;
        // Not from zero: a page that is still open from before a restart must notice.
        Changes = new(time.GetUtcNow().ToUnixTimeMilliseconds());
        TextEvents = new(poster, options, time, () => Habits.Events, open: true);
    }

    public Lock Gate { get; } = new();

    public PhoneNumber Number { get; }

    public Changes Changes { get; }

    /// <summary>The way of this phone's text events to their receiver.</summary>
    public EventLane TextEvents { get; }

    public Habits Habits { get; private set; } = Habits.Usual;

    /// <summary>The call that goes on, or the last one.</summary>
    public Call? Call { get; private set; }

    /// <summary>Calls to this phone that are not over, with those that found it busy.</summary>
    public int CallsOnLine { get; private set; }

    public IReadOnlyList<Text> Texts => _texts;

    public IReadOnlyList<SentText> Sent => _sent;

    public bool IsInCall => Call is { State: not CallState.Ended };

    /// <summary>When somebody last had to do with this phone.</summary>
    public DateTimeOffset Touched { get; set; }

    public void Take(Call call)
    {
        CallsOnLine++;
        call.Over.ContinueWith(_ => { lock (Gate) { CallsOnLine--; } }, TaskScheduler.Default);
        if (IsInCall || Habits.Calls == CallHabit.Busy)
        {
            call.Fail(ResultInformation.Busy);
            return;
        }

        Call = call;
        call.Ring(Habits.Calls);
        Changes.Add();
    }

    public void Receive(Text text) => Keep(_texts, text);

    public void Send(SentText text) => Keep(_sent, text);

    public void Become(Habits habits)
    {
        Habits = habits;
        Changes.Add();
    }

    /// <summary>As it came from the factory.</summary>
    public void Reset()
    {
        Call?.HangUp(ResultInformation.TheyHungUp);
        Call = null;
        _texts.Clear();
        _sent.Clear();
        Become(Habits.Usual);
    }

    private void Keep<T>(List<T> texts, T text)
    {
        if (texts.Count == MostTexts) { texts.RemoveAt(0); }
        texts.Add(text);
        Changes.Add();
    }
}
