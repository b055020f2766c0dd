namespace Mfa.VirtualPhone;

/// <summary>The last things that were made, newest first, by their SID.</summary>
internal sealed class Kept<T>
    where T : class
{
    private const int Most = 20_000;
    private readonly Lock _lock = new();
    private readonly LinkedList<T> _all = [];
    private readonly Dictionary<string, T> _bySid = [];
    private readonly Queue<string> _order = [];

    public void Add(string sid, T one)
    {
        lock (_lock)
        {
            _all.AddFirst(one);
            _bySid[sid] = one;
            _order.Enqueue(sid);
            if (_order.Count <= Most) { return; }
            _bySid.Remove(_order.Dequeue());
            _all.RemoveLast();
        }
    }

    public T? Find(string sid)
    {
        lock (_lock) { return _bySid.GetValueOrDefault(sid); }
    }

    public IReadOnlyList<T> All()
    {
        lock (_lock) { return [.. _all]; }
    }
}
