namespace Mfa.VirtualPhone;

/// <summary>A phone as its routes show it.</summary>
internal sealed record PhoneView(
    string Number, long Version, IReadOnlyList<Text> Texts, IReadOnlyList<SentText> Sent, CallView? Call, Habits Habit)
{
    public static PhoneView Of(Phone phone)
    {
        lock (phone.Gate)
        {
            return new(phone.Number.Digits, phone.Changes.Version, [.. phone.Texts], [.. phone.Sent], phone.Call is { } call ? CallView.Of(call) : null, phone.Habits);
        }
    }
}

/// <summary>The call of a phone.</summary>
/// <param name="Language">What the words are in; null where the carrier's client didn't say.</param>
/// <param name="Listening">Whether a key pressed now would be heard.</param>
internal sealed record CallView(string Id, string From, CallState State, IReadOnlyList<string> Said, string? Language, bool Listening, Wire Wire)
{
    public static CallView Of(Leg call) => new(call.Id, call.From, call.State, [.. call.Said], call.Language, call.Listening, call.Wire);
}
