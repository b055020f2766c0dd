namespace Mfa.Web;

/// <summary>Tells those who wait in this process that a row was saved. Others find out by looking once a second.</summary>
public sealed class Changes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Row> _rows = [];

    /// <summary>How many rows are waited for.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _rows.Count;
            }
        }
    }

    /// <summary>Listens for saves of a row, until it is disposed.</summary>
    public Listening Listen(string id)
    {
        lock (_lock)
        {
            if (!_rows.TryGetValue(id, out var row))
            {
                _rows[id] = row = new();
            }

            row.Listeners++;
            return new(this, id);
        }
    }

    /// <summary>The row was saved.</summary>
    public void Tell(string id)
    {
        lock (_lock)
        {
            if (_rows.TryGetValue(id, out var row))
            {
                row.Next.SetResult();
                row.Next = Row.New();
            }
        }
    }

    private Task NextOf(string id)
    {
        lock (_lock)
        {
            return _rows[id].Next.Task;
        }
    }

    private void Leave(string id)
    {
        lock (_lock)
        {
            if (--_rows[id].Listeners == 0)
            {
                _rows.Remove(id);
            }
        }
    }

    /// <summary>Somebody who waits for a row.</summary>
    public sealed class Listening(Changes changes, string id) : IDisposable
    {
        /// <summary>Completes at the next save; take it before reading the row, so that nothing is missed.</summary>
        public Task Next => changes.NextOf(id);

        public void Dispose() => changes.Leave(id);
    }

    private sealed class Row
    {
        public int Listeners { get; set; }

        public TaskCompletionSource Next { get; set; } = New();

        public static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
