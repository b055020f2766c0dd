using System.Collections.Concurrent;

namespace Mfa.Web;

/// <summary>Tells those who wait in this process that a row was saved. Others find out by looking once a second.</summary>
public sealed class Changes
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();

    /// <summary>Completes at the next save of the row; take it before reading the row, so that nothing is missed.</summary>
    public Task Next(string id) =>
        _waiting.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The row was saved.</summary>
    public void Tell(string id)
    {
        if (_waiting.TryRemove(id, out var waiting))
        {
            waiting.SetResult();
        }
    }

    /// <summary>Nobody waits any more: forgets the row. One who came meanwhile looks once and waits again.</summary>
    public void Forget(string id) => Tell(id);
}
