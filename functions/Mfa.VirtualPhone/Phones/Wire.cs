using System.Text.Json.Serialization;

namespace Mfa.VirtualPhone;

/// <summary>Whose protocol a call or a text came by, or went by.</summary>
[JsonConverter(typeof(HabitConverter<Wire>))]
internal enum Wire
{
    [JsonStringEnumMemberName("acs")]
    Acs,

    [JsonStringEnumMemberName("twilio")]
    Twilio,
}
