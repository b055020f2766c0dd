using System.Text.Json.Serialization;

namespace Mfa.VirtualPhone;

/// <summary>What becomes of the messages that are pushed to a subscription.</summary>
[JsonConverter(typeof(HabitConverter<PushHabit>))]
internal enum PushHabit
{
    [JsonStringEnumMemberName("once")]
    Once,

    [JsonStringEnumMemberName("twice")]
    Twice,

    /// <summary>After <see cref="VirtualPhoneOptions.PushLateBy"/>.</summary>
    [JsonStringEnumMemberName("late")]
    Late,

    /// <summary>Taken, and never delivered.</summary>
    [JsonStringEnumMemberName("lose")]
    Lose,

    /// <summary>Refused for good: 403.</summary>
    [JsonStringEnumMemberName("refuse")]
    Refuse,

    /// <summary>Refused for now: 429, with Retry-After.</summary>
    [JsonStringEnumMemberName("busy")]
    Busy,

    /// <summary>Out of order: 503.</summary>
    [JsonStringEnumMemberName("down")]
    Down,
}
