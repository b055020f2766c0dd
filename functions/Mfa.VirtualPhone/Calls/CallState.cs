using System.Text.Json.Serialization;

namespace Mfa.VirtualPhone;

[JsonConverter(typeof(JsonStringEnumConverter<CallState>))]
internal enum CallState
{
    [JsonStringEnumMemberName("ringing")]
    Ringing,

    [JsonStringEnumMemberName("answered")]
    Answered,

    [JsonStringEnumMemberName("ended")]
    Ended,
}
