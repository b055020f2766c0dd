namespace Mfa.VirtualPhone;

/// <summary>What was done for a request.</summary>
/// <param name="Then">What follows the answer; done when the first event of it was posted.</param>
internal sealed record Deed(IResult Answer, Func<Task> Then)
{
    public static Deed Only(IResult answer) => new(answer, () => Task.CompletedTask);
}

/// <summary>
/// Answers a request about a phone by the phone's habits. What follows usually waits for the answer; it may overtake it, and the
/// answer may never come.
/// </summary>
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

        switch (phone.Habits.Events)
        {
            case EventHabit.Early:
                await deed.Then();
                break;
            case EventHabit.Shuffled:
                _ = deed.Then();
                await Task.Delay(options.ShuffleWithin, time);
                break;
            default:
                http.Response.OnCompleted(() =>
                {
                    _ = deed.Then();
                    return Task.CompletedTask;
                });
                break;
        }

        return deed.Answer;
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
