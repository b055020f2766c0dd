namespace Mfa.VirtualPhone;

/// <summary>What a push service makes of messages for an app.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(HabitConverter<PushHabit>))]
internal enum PushHabit
{
    /// <summary>Delivered.</summary>
    Once,

    /// <summary>Delivered twice.</summary>
    Twice,

    /// <summary>Delivered two seconds later.</summary>
    Late,

    /// <summary>Taken, and lost.</summary>
    Lose,

    /// <summary>403.</summary>
    Refuse,

    /// <summary>503, to be tried again after a second.</summary>
    Down,
}

/// <summary>A message for an app, as its push service has it: encrypted.</summary>
internal sealed record PushMessage(string Id, string? Topic, string? Urgency, int Ttl, string? Encoding, string Authorization, string Body, DateTimeOffset At);

/// <summary>An app's subscription at the push service.</summary>
/// <param name="key">The public key of the only application server that may send to it, base64url; null for any.</param>
/// <param name="version">The first version.</param>
internal sealed class PushBox(string? key, long version)
{
    private readonly Lock _lock = new();
    private readonly List<PushMessage> _messages = [];

    public string? Key { get; } = key;

    public Changes Changes { get; } = new(version);

    public PushHabit Habit { get; set; }

    /// <summary>Whether the app has taken the subscription back.</summary>
    public bool IsGone { get; set; }

    public IReadOnlyList<PushMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Delivers a message: one of a topic takes the place of an older one.</summary>
    public void Add(PushMessage message, int times)
    {
        lock (_lock)
        {
            if (message.Topic is not null)
            {
                _messages.RemoveAll(m => m.Topic == message.Topic);
            }

            _messages.AddRange(Enumerable.Repeat(message, times));
        }

        Changes.Add();
    }
}
