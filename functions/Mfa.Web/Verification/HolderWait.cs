namespace Mfa.Web;

/// <summary>The waiting GET: a holder at once, or as soon as it is another version than the one seen.</summary>
public sealed class HolderWait(VerificationAdvance advance, Changes changes, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <summary>The holder, with what is due done; null where there is none.</summary>
    public Task<StoredHolder?> FindAsync(string id, Waiting waiting, CancellationToken aborted) => FindAsync(id, waiting, s => s.Holder.Version, toldByEnd: true, aborted);

    /// <summary>The same for a reader who sees less: it waits for a change of what that one sees.</summary>
    /// <param name="id">The holder.</param>
    /// <param name="waiting">For how long, and what was seen.</param>
    /// <param name="version">The version of what the reader sees.</param>
    /// <param name="toldByEnd">Whether its end is told that no version tells of.</param>
    /// <param name="aborted">Cancels.</param>
    public async Task<StoredHolder?> FindAsync(string id, Waiting waiting, Func<StoredHolder, long> version, bool toldByEnd, CancellationToken aborted)
    {
        using var listening = changes.Listen(id);
        var since = time.GetTimestamp();
        bool? first = null;
        while (true)
        {
            // Taken before reading, so that a save between the two is not missed.
            var next = listening.Next;
            if (await advance.FindAsync(id, aborted) is not { } stored)
            {
                return null;
            }

            // Its time may end it without a save.
            var isOpen = stored.Holder.IsOpenAt(time.GetUtcNow());
            first ??= isOpen;
            var left = waiting.For - time.GetElapsedTime(since);
            if (waiting.Seen != version(stored) || (toldByEnd && isOpen != first) || left <= TimeSpan.Zero)
            {
                return stored;
            }

            await Task.WhenAny(next, Task.Delay(left < s_look ? left : s_look, time, aborted));
            aborted.ThrowIfCancellationRequested();
        }
    }
}
