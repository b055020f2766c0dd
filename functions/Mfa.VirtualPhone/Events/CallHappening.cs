namespace Mfa.VirtualPhone;

/// <summary>What happened on a call.</summary>
/// <param name="Type">The event's type, without <c>Microsoft.Communication.</c></param>
/// <param name="OperationContext">What the client gave with the operation, or with the call, to know it by.</param>
internal sealed record CallHappening(string Type, ResultInformation Result, string? OperationContext)
{
    /// <summary>Of RecognizeCompleted: the keys.</summary>
    public IReadOnlyList<string>? Tones { get; init; }

    /// <summary>Of ParticipantsUpdated: who is on the line.</summary>
    public IReadOnlyList<PhoneNumber>? Participants { get; init; }
}
