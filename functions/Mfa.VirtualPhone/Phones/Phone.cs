using System.Collections.Concurrent;

namespace Mfa.VirtualPhone;

/// <summary>One phone. Whatever changes it holds <see cref="Gate"/>.</summary>
internal sealed class Phone
{
    private const int MostTexts = 50;
    private readonly List<Text> _texts = [];
    private readonly List<SentText> _sent = [];

    private readonly ConcurrentDictionary<string, Phone> _extensions = [];
    private readonly Func<PhoneNumber, Phone> _new;

    /// <param name="office">The phone whose switchboard puts calls through to this one; null where it has a number of its own.</param>
    public Phone(PhoneNumber number, VirtualPhoneOptions options, TimeProvider time, Phone? office = null)
    {
        Number = number;
        Gate = office?.Gate ?? new();
        _new = extension => new(extension, options, time, this);
        // Not from zero: a page that is still open from before a restart must notice.
        Changes = new(time.GetUtcNow().ToUnixTimeMilliseconds());
        TextEvents = new(options, time, () => Habits.Events, open: true);
    }

    /// <summary>An office and its extensions have one together, since a call of theirs is one call.</summary>
    public Lock Gate { get; }

    public PhoneNumber Number { get; }

    public Changes Changes { get; }

    /// <summary>The way of this phone's text events to their receiver.</summary>
    public EventLane TextEvents { get; }

    public Habits Habits { get; private set; } = Habits.Usual;

    /// <summary>The call that goes on, or the last one.</summary>
    public Leg? Call { get; private set; }

    /// <summary>Calls to this phone that are not over, with those that found it busy.</summary>
    public int CallsOnLine { get; private set; }

    /// <summary>By Twilio's wire.</summary>
    public OptOuts OptOuts { get; } = new();

    public IReadOnlyList<Text> Texts => _texts;

    public IReadOnlyList<SentText> Sent => _sent;

    public bool IsInCall => Call is { State: not CallState.Ended };

    /// <summary>When somebody last had to do with this phone.</summary>
    public DateTimeOffset Touched { get; set; }

    /// <summary>The phones behind its switchboard that somebody has asked for.</summary>
    public IEnumerable<Phone> Extensions => _extensions.Values;

    /// <summary>The phone of an extension.</summary>
    public Phone Behind(string extension) => _extensions.GetOrAdd(extension, _ => _new(Number.Behind(extension)));

    /// <summary>Takes an extension's phone out of the book.</summary>
    public void Forget(Phone extension) => _extensions.TryRemove(extension.Number.Extension!, out _);

    public void Take(Call call)
    {
        CallsOnLine++;
        call.Posted.ContinueWith(_ => { lock (Gate) { CallsOnLine--; } }, TaskScheduler.Default);
        if (!TryRing(call)) { call.FindBusy(); }
    }

    /// <summary>Lets a call ring; false where the phone is busy.</summary>
    public bool TryRing(Leg call)
    {
        if (IsInCall || Habits.Calls == CallHabit.Busy) { return false; }
        Call = call;
        call.Ring(Habits.Calls);
        Changes.Add();
        return true;
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
        Call?.HangUp();
        Call = null;
        _texts.Clear();
        _sent.Clear();
        OptOuts.Forget();
        Become(Habits.Usual);
    }

    private void Keep<T>(List<T> texts, T text)
    {
        if (texts.Count == MostTexts) { texts.RemoveAt(0); }
        texts.Add(text);
        Changes.Add();
    }
}
