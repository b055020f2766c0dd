namespace Mfa.VirtualPhone;

/// <summary>What was done for a request.</summary>
/// <param name="Then">What follows the answer; done when the first event of it was posted.</param>
internal sealed record Deed(IResult Answer, Func<Task> Then)
{
    public static Deed Only(IResult answer) => new(answer, () => Task.CompletedTask);
}

/// <summary>Answers a request about a phone by the phone's habits.</summary>
internal sealed class Answering(VirtualPhoneOptions options, TimeProvider time)
{
    public async Task<IResult> Give(HttpContext http, Phone phone, Func<Deed> act)
    {
        if (phone.Habits.Answers == AnswerHabit.Delayed)
        {
            _ = DoLater(act);
            return Cut(http);
        }

        var deed = act();
        if (phone.Habits.Answers == AnswerHabit.Dropped)
        {
            _ = deed.Then();
            return Cut(http);
        }

        await Follow(http, phone.Habits.Events, deed.Then);
        return deed.Answer;
    }

    /// <summary>Events usually follow the answer. They may overtake it, and the phone's habit makes them.</summary>
    /// <param name="then">Lets them go; done when the first was posted.</param>
    public async Task Follow(HttpContext http, EventHabit habit, Func<Task> then)
    {
        switch (habit)
        {
            case EventHabit.Early:
                await then();
                break;
            case EventHabit.Shuffled:
                _ = then();
                await Task.Delay(options.ShuffleWithin, time);
                break;
            default:
                http.Response.OnCompleted(() =>
                {
                    _ = then();
                    return Task.CompletedTask;
                });
                break;
        }
    }

    private async Task DoLater(Func<Deed> act)
    {
        await Task.Delay(options.AnswersDelayedBy, time);
        _ = act().Then();
    }

    private static IResult Cut(HttpContext http)
    {
        http.Abort();
        return Results.Empty;
    }
}
