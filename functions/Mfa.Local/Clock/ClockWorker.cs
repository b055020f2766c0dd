using Azure.Storage.Queues.Models;

namespace Mfa.Local;

/// <summary>Takes the clock's messages when they are due, has the verifications looked at, and puts the messages back until the next time.</summary>
public sealed class ClockWorker(QueueClock clock, Advance advance, ClockPace pace, TimeProvider time, ILogger<ClockWorker> log) : BackgroundService
{
    private const int AtOnce = 16;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_ending = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _free = new(AtOnce);
    private readonly Outage _queue = new("The clock's queue", log);
    private readonly Outage _looks = new("Storage", log);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _free.WaitAsync(stoppingToken);
                _free.Release();
                if (!await TakeAsync(stoppingToken))
                {
                    await clock.WaitAsync(s_poll, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Messages under way come back when their hold runs out.
            for (var i = 0; i < AtOnce && await _free.WaitAsync(s_ending, CancellationToken.None); i++)
            {
            }
        }
    }

    private async Task<bool> TakeAsync(CancellationToken cancel)
    {
        try
        {
            var messages = await clock.TakeAsync(Math.Max(1, _free.CurrentCount), pace.Hold, cancel);
            _queue.End();
            foreach (var message in messages)
            {
                await _free.WaitAsync(cancel);
                _ = LookAsync(message, cancel);
            }

            return messages.Count > 0;
        }
        catch (Exception e) when (Outage.Is(e, cancel))
        {
            _queue.Begin(e);
            return false;
        }
    }

    private async Task LookAsync(QueueMessage message, CancellationToken cancel)
    {
        try
        {
            if (ClockMessage.TryParse(message.Body?.ToString(), out var due))
            {
                await LookAsync(message, due, cancel);
            }
            else
            {
                log.LogWarning("The clock's queue held a message that is not the clock's ({Message}); it is deleted", message.MessageId);
                await clock.DeleteAsync(message, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The head ends.
        }
        catch (Exception e) when (Outage.Is(e, cancel))
        {
            _queue.Begin(e);
        }
        finally
        {
            _free.Release();
        }
    }

    private async Task LookAsync(QueueMessage message, ClockMessage due, CancellationToken cancel)
    {
        var turn = await TurnAsync(message, due, cancel);
        while (turn.Stay > TimeSpan.Zero)
        {
            await Task.Delay(turn.Stay, time, cancel);
            turn = await TurnAsync(message, due, cancel);
        }

        await (turn.IsOver ? clock.DeleteAsync(message, cancel) : clock.HideAsync(message, turn.Hide, cancel));
    }

    private async Task<ClockTurn> TurnAsync(QueueMessage message, ClockMessage due, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(pace.Hold);
        try
        {
            var found = await advance(due.VerificationId, limit.Token);
            _looks.End();
            return ClockTurn.After(found, due, message.DequeueCount, time.GetUtcNow(), pace.LooksEvery);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            if (Outage.Is(e, cancel))
            {
                _looks.Begin(e);
            }
            else
            {
                log.LogError(e, "A look at a verification failed; it is looked at again");
            }

            return ClockTurn.AfterFault(message.DequeueCount, pace.LooksEvery);
        }
    }
}
