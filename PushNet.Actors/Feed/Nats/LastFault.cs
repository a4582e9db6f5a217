using Microsoft.Extensions.Logging;

namespace PushNet.Actors.Feed.Nats;

/// <summary>Remembers why a connection to NATS failed: the client tells that to its log, and to nobody else.</summary>
internal sealed class LastFault : ILoggerFactory, ILogger
{
    private volatile Exception? _exception;

    /// <summary>What failed last; null when nothing failed yet.</summary>
    public Exception? Exception => _exception;

    /// <summary>Why, in the words of whoever found it first; null when nothing failed yet.</summary>
    public string? Message => _exception?.GetBaseException().Message;

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider)
    {
    }

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _exception = exception ?? _exception;

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
