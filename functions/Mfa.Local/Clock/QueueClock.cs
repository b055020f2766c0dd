using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Mfa.Web;

namespace Mfa.Local;

/// <summary>
/// The clock of a laptop: one queue message per verification, invisible until it is time to look. It survives restarts and serves
/// several heads. An earlier look is an extra message.
/// </summary>
public sealed class QueueClock : IVerificationClock, IDisposable
{
    // No verification lives nearly as long; a message that can't be dealt with is gone by then.
    private static readonly TimeSpan s_messageLifetime = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _due = new(0);
    private readonly QueueClient _queue;
    private readonly ClockPace _pace;
    private readonly TimeProvider _time;

    /// <param name="connectionString">The storage account.</param>
    /// <param name="queue">The queue's name.</param>
    /// <param name="pace">How fast it goes.</param>
    /// <param name="time">The clock on the wall.</param>
    public QueueClock(string connectionString, string queue, ClockPace pace, TimeProvider time)
    {
        // A request waits for these, and what fails is tried again by whoever asked.
        var options = new QueueClientOptions();
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        (_queue, _pace, _time) = (new(connectionString, queue, options), pace, time);
    }

    /// <summary>Makes the queue where it is missing.</summary>
    public Task CreateAsync(CancellationToken cancel) => _queue.CreateIfNotExistsAsync(cancellationToken: cancel);

    public Task StartAsync(string verificationId, DateTimeOffset wakeAt, CancellationToken cancel) =>
        SendAsync(new(verificationId, IsExtra: false), wakeAt, cancel);

    public Task WakeEarlierAsync(string verificationId, DateTimeOffset wakeAt, CancellationToken cancel) =>
        SendAsync(new(verificationId, IsExtra: true), wakeAt, cancel);

    public void Dispose() => _due.Dispose();

    /// <summary>Waits until this process has put something due into the queue, or until it is time to look for what others have.</summary>
    internal async Task WaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        await _due.WaitAsync(atMost, cancel);
        while (await _due.WaitAsync(0, cancel))
        {
            // The next look takes all that is due.
        }
    }

    internal async Task<IReadOnlyList<QueueMessage>> TakeAsync(int atMost, TimeSpan hold, CancellationToken cancel)
    {
        try
        {
            return (await _queue.ReceiveMessagesAsync(atMost, hold, cancel)).Value;
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // Somebody emptied the storage.
            await CreateAsync(cancel);
            return [];
        }
    }

    internal Task HideAsync(QueueMessage message, TimeSpan hide, CancellationToken cancel) =>
        IgnoreTakenAsync(() => _queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, hide, cancel));

    internal Task DeleteAsync(QueueMessage message, CancellationToken cancel) =>
        IgnoreTakenAsync(() => _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancel));

    private async Task SendAsync(ClockMessage message, DateTimeOffset wakeAt, CancellationToken cancel)
    {
        var hide = ClockTurn.Whole(wakeAt - _time.GetUtcNow(), _pace.LooksEvery);
        await _queue.SendMessageAsync(message.ToString(), hide, s_messageLifetime, cancel);
        if (hide == TimeSpan.Zero)
        {
            _due.Release();
        }
    }

    // Our hold ran out and another took the message: it is theirs now.
    private static async Task IgnoreTakenAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.MessageNotFound || e.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
        }
    }
}
