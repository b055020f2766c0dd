namespace Mfa.VirtualPhone;

/// <summary>Remembers for <see cref="VirtualPhoneOptions.RepeatFor"/> what was done under a repeatability id, so that it isn't done twice.</summary>
internal sealed class Repeats<T>(TimeProvider time, VirtualPhoneOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Lazy<T> Result, DateTimeOffset Until)> _done = [];
    private readonly Queue<(string Key, DateTimeOffset Until)> _order = [];

    /// <summary>Does <paramref name="perform"/>, or gives what it gave before; of two at the same time, one waits for the other.</summary>
    public T Once(string key, Func<T> perform)
    {
        Lazy<T> result;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            while (_order.TryPeek(out var oldest) && oldest.Until <= now)
            {
                _order.Dequeue();
                if (_done.TryGetValue(oldest.Key, out var kept) && kept.Until <= now) { _done.Remove(oldest.Key); }
            }

            if (_done.TryGetValue(key, out var known) && known.Until > now)
            {
                result = known.Result;
            }
            else
            {
                result = new Lazy<T>(perform);
                _done[key] = (result, now + options.RepeatFor);
                _order.Enqueue((key, now + options.RepeatFor));
            }
        }

        return result.Value;
    }
}
