using Mfa.Web;
using Microsoft.Extensions.Logging;

namespace Mfa.Functions;

/// <summary>
/// The log of what alerts count, one level up. The host drops a line's category and files it under its function, where Durable
/// writes lines of its own about the clock's functions, at Information and more of them with each version. So host.json lets
/// warnings through and no more, and these lines are warnings.
/// </summary>
internal sealed class CountedLines(ILoggerFactory logs) : ILogger<VerificationLog>
{
    private readonly ILogger _log = logs.CreateLogger<VerificationLog>();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _log.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => _log.IsEnabled(Raised(logLevel));

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Log(Raised(logLevel), eventId, state, exception, formatter);

    private static LogLevel Raised(LogLevel level) => level == LogLevel.Information ? LogLevel.Warning : level;
}
