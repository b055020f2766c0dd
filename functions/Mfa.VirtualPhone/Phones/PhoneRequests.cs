namespace Mfa.VirtualPhone;

internal sealed record KeysRequest(string? Keys);

internal sealed record TextRequest(string? To, string? Body);

/// <summary>What is absent stays as it is.</summary>
internal sealed record HabitRequest(CallHabit? Calls, TextHabit? Texts, EventHabit? Events);
