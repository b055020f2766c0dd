using System.Text.Json.Serialization;

namespace Mfa.VirtualPhone;

/// <summary>What a phone does by itself.</summary>
/// <param name="Extensions">Those that the phone's switchboard knows; with none it knows any.</param>
internal sealed record Habits(CallHabit Calls, TextHabit Texts, EventHabit Events, ToneHabit Tones, AnswerHabit Answers, IReadOnlyList<string> Extensions)
{
    public static Habits Usual { get; } = new(CallHabit.Ring, TextHabit.Deliver, EventHabit.Once, ToneHabit.Take, AnswerHabit.Given, []);
}

/// <summary>What becomes of calls to a phone.</summary>
[JsonConverter(typeof(HabitConverter<CallHabit>))]
internal enum CallHabit
{
    /// <summary>It rings until a person answers or declines.</summary>
    [JsonStringEnumMemberName("ring")]
    Ring,

    /// <summary>It picks up by itself, and stays on the line.</summary>
    [JsonStringEnumMemberName("answer")]
    Answer,

    [JsonStringEnumMemberName("busy")]
    Busy,

    [JsonStringEnumMemberName("no-answer")]
    NoAnswer,

    /// <summary>It does not ring: no way leads to it.</summary>
    [JsonStringEnumMemberName("unreachable")]
    Unreachable,

    [JsonStringEnumMemberName("decline")]
    Decline,

    /// <summary>A machine picks up, presses nothing, and hangs up after some time.</summary>
    [JsonStringEnumMemberName("voicemail")]
    Voicemail,

    /// <summary>The switchboard of an office picks up, and puts the call through to the extension whose tones are sent.</summary>
    [JsonStringEnumMemberName("switchboard")]
    Switchboard,
}

/// <summary>What becomes of tones that are sent into calls to a phone.</summary>
[JsonConverter(typeof(HabitConverter<ToneHabit>))]
internal enum ToneHabit
{
    [JsonStringEnumMemberName("take")]
    Take,

    /// <summary>The carrier accepts them, and can't send them.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}

/// <summary>What becomes of texts to a phone.</summary>
[JsonConverter(typeof(HabitConverter<TextHabit>))]
internal enum TextHabit
{
    [JsonStringEnumMemberName("deliver")]
    Deliver,

    /// <summary>The carrier refuses them at once.</summary>
    [JsonStringEnumMemberName("refuse")]
    Refuse,

    /// <summary>The carrier takes them, and they never arrive.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}

/// <summary>How the events of a phone's calls and texts reach their receiver.</summary>
[JsonConverter(typeof(HabitConverter<EventHabit>))]
internal enum EventHabit
{
    [JsonStringEnumMemberName("once")]
    Once,

    [JsonStringEnumMemberName("twice")]
    Twice,

    /// <summary>Those that are due close together are posted in another order, and may overtake the answer to createCall.</summary>
    [JsonStringEnumMemberName("shuffled")]
    Shuffled,

    /// <summary>The first event of a call is posted before createCall is answered.</summary>
    [JsonStringEnumMemberName("early")]
    Early,

    /// <summary>They are not posted at all.</summary>
    [JsonStringEnumMemberName("lost")]
    Lost,

    /// <summary>They are posted some time after they happened.</summary>
    [JsonStringEnumMemberName("late")]
    Late,
}

/// <summary>What becomes of the answers to a client's requests about a phone.</summary>
[JsonConverter(typeof(HabitConverter<AnswerHabit>))]
internal enum AnswerHabit
{
    [JsonStringEnumMemberName("given")]
    Given,

    /// <summary>What was asked for is done; then the connection is cut, without an answer.</summary>
    [JsonStringEnumMemberName("dropped")]
    Dropped,

    /// <summary>The connection is cut without an answer, and what was asked for is done some time later.</summary>
    [JsonStringEnumMemberName("delayed")]
    Delayed,
}

/// <summary>Habits are words, never numbers.</summary>
internal sealed class HabitConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
