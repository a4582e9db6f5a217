namespace PushNet.Web.Security.Redaction;

/// <summary>Passes on what is logged, without secrets in messages, values, scopes and exceptions.</summary>
internal sealed class RedactingLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => RedactedState.Of(state, state.ToString() ?? "") is { } redacted
            ? inner.BeginScope(redacted) : inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!inner.IsEnabled(logLevel))
        {
            return;
        }

        var (shown, isRedacted) = RedactedException.Of(exception);
        if (RedactedState.Of(state, formatter(state, exception)) is { } redacted)
        {
            inner.Log(logLevel, eventId, redacted, shown, static (state, _) => state.ToString());
        }
        else if (isRedacted)
        {
            inner.Log(logLevel, eventId, state, shown, (state, _) => formatter(state, exception));
        }
        else
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
