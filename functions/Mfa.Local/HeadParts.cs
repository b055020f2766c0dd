namespace Mfa.Local;

/// <summary>The parts of a head, in the order they were started; they end in the other order.</summary>
public sealed class HeadParts : IAsyncDisposable
{
    private readonly Stack<object> _parts = new();

    /// <summary>Adds a part, which ends with the head.</summary>
    public T Own<T>(T part)
        where T : notnull
    {
        _parts.Push(part);
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            if (part is IHost host)
            {
                await host.StopAsync();
            }

            if (part is IAsyncDisposable later)
            {
                await later.DisposeAsync();
            }
            else
            {
                (part as IDisposable)?.Dispose();
            }
        }
    }
}
