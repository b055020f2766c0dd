namespace Mfa.VirtualPhone;

/// <summary>A call that a switchboard put through, at the phone of the extension. What is said while it rings is not heard there.</summary>
internal sealed class ExtensionLeg(Call call, Phone phone, VirtualPhoneOptions options, TimeProvider time) : Leg(phone, options, time)
{
    public override string Id => call.Id;

    public override Wire Wire => call.Wire;

    public override string From => call.From;

    public override bool Listening => State == CallState.Answered && call.Listening;

    public override void Decline() => HangUp();

    public override void HangUp()
    {
        if (State != CallState.Ended) { call.HangUp(); }
    }

    public override void Press(string keys) => call.Press(keys);

    /// <summary>Who is on the line hears it.</summary>
    public void Hear(string text, string? language)
    {
        if (State == CallState.Answered) { Say(text, language); }
    }

    public void End()
    {
        if (State != CallState.Ended) { Over(); }
    }

    protected override void FindUnreachable() => HangUp();

    protected override void Unanswered() => HangUp();
}
