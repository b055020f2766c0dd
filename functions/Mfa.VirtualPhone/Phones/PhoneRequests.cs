namespace Mfa.VirtualPhone;

internal sealed record KeysRequest(string? Keys);

internal sealed record TextRequest(string? To, string? Body);

/// <summary>What is absent stays as it is.</summary>
internal sealed record HabitRequest(CallHabit? Calls, TextHabit? Texts, EventHabit? Events, ToneHabit? Tones, AnswerHabit? Answers, IReadOnlyList<string?>? Extensions)
{
    public bool IsPossible => Extensions is null || (Extensions.Count <= 100 && Extensions.All(PhoneNumber.IsExtension));

    public Habits Over(Habits now) => new(
        Calls ?? now.Calls, Texts ?? now.Texts, Events ?? now.Events, Tones ?? now.Tones, Answers ?? now.Answers, Extensions is null ? now.Extensions : [.. Extensions.OfType<string>()]);
}
