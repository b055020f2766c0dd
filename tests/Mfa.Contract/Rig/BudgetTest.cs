using Xunit;

namespace Mfa.Contract;

/// <summary>A test that counts requests on the wire. The clock does not run, so nobody else is counted.</summary>
public abstract class BudgetTest(Storage storage) : LaptopTest(storage)
{
    protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // The report of a delivered text is a request of its own, and isn't counted here.
        Laptop.SendTextEventsTo("http://127.0.0.1:9");
    }

    protected void Forget()
    {
        Laptop.Tables.Forget();
        Laptop.Queues.Forget();
    }

    // Housekeeping is begun after the answer, and no answer waits for it: what it asks of the numbers' table gets there when the test is over.
    protected IDisposable HoldNumbers()
    {
        Forget();
        var held = new Held();
        Laptop.Tables.Decide = async r =>
        {
            if (IsOfNumbers(r))
            {
                await held.Over;
            }

            return Pass.Through;
        };
        return held;
    }

    protected static Task<Reply> AnswerAsync(Task<Reply> answer) => answer.WaitAsync(Soon, TestContext.Current.CancellationToken);

    private bool IsOfNumbers(Tapped request) => request.Path.Contains(Laptop.Settings["Storage:TablePrefix"] + "numbers", StringComparison.Ordinal);

    protected void AssertCost(int reads, int writes, int messages)
    {
        var isHeld = Laptop.Tables.Decide is not null;
        var paid = Laptop.Tables.Requests.Where(r => !Laptop.IsOfFeed(r) && (!isHeld || !IsOfNumbers(r))).ToList();
        Assert.True(paid.Count(r => !r.IsWrite) <= reads && paid.Count(r => r.IsWrite) <= writes, Paid(Laptop.Tables));
        AssertMessages(Laptop.Queues.Count(r => r.Method == "POST"), messages);
    }

    // Of a queue that is a host's, nobody can tell what is the clock's: it is never quiet.
    protected void AssertMessages(int sent, int expected) => Assert.True(sent == expected || !HeadProcess.IsLaptop, Paid(Laptop.Queues));

    protected void AssertBatch() => Assert.Contains(Laptop.Tables.Requests, r => r.Path.EndsWith("$batch", StringComparison.Ordinal));

    protected static string Paid(Tap tap) => string.Join(Environment.NewLine, tap.Requests.Select(r => $"{r.Method} {r.Path.Split('?')[0].Split('/')[^1]}"));

    private sealed class Held : IDisposable
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Over => _over.Task;

        public void Dispose() => _over.SetResult();
    }
}
