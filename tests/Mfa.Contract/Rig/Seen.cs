using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Mfa.Contract;

/// <summary>Every secret that the tests saw, and every line that the heads logged: the two must never meet.</summary>
public sealed class Seen : ILoggerProvider
{
    private static readonly ConcurrentDictionary<string, byte> s_secrets = new();

    /// <summary>All lines logged so far.</summary>
    public static ConcurrentQueue<string> Lines { get; } = new();

    public static IEnumerable<string> Secrets => s_secrets.Keys;

    /// <summary>Remembers a code, number, token or key.</summary>
    public static string Secret(string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        s_secrets.TryAdd(secret, 0);
        return secret;
    }

    public ILogger CreateLogger(string categoryName) => new Listener(categoryName);

    public void Dispose()
    {
    }

    private sealed class Listener(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue($"{category} scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {exception}");
    }
}
