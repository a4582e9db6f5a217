using Microsoft.Extensions.Logging;
using PushNet.Web.Security.Redaction;

namespace PushNet.Tests.Security.Redaction;

public sealed class RedactingLoggerTests
{
    private const string Secret = "a-Secret_key-0123456789";

    private readonly CapturingLogger _inner = new();
    private readonly RedactingLogger _logger;

    public RedactingLoggerTests() => _logger = new RedactingLogger(_inner);

    [Fact]
    public void Message_values_and_exception_lose_it()
    {
        Log("GET {Path} from {Peer}", $"/ws/live?key={Secret}", 17, new InvalidOperationException($"Bearer {Secret}"));

        Assert.Equal("GET /ws/live?key=[redacted] from 17", _inner.Message);
        Assert.Equal(["/ws/live?key=[redacted]", 17, "GET {Path} from {Peer}"], _inner.Values!.Select(value => value.Value));
        Assert.Equal("Bearer [redacted]", _inner.Exception!.Message);
        Assert.DoesNotContain(Secret, _inner.Exception.ToString());
    }

    [Fact]
    public void An_exception_alone_loses_it_too()
    {
        Log("failed {A} {B}", "a", 1, new InvalidOperationException("outer", new InvalidOperationException($"Bearer {Secret}")));

        Assert.Equal("failed a 1", _inner.Message);
        Assert.DoesNotContain(Secret, _inner.Exception!.ToString());
    }

    [Fact]
    public void What_holds_none_comes_as_it_was()
    {
        var exception = new InvalidOperationException("why");
        Log("{A} and {B}", "a", 1, exception);

        Assert.Same(exception, _inner.Exception);
        Assert.Equal("a and 1", _inner.Message);
    }

    [Fact]
    public void Scopes_lose_it_too()
    {
        using var scope = _logger.BeginScope("for {Query}", $"?key={Secret}");

        Assert.Equal("for ?key=[redacted]", _inner.Scope);
    }

    private void Log(string template, string first, int second, Exception exception)
    {
#pragma warning disable CA2254 // The template is what the test is about.
        _logger.LogError(exception, template, first, second);
#pragma warning restore CA2254
    }

    private sealed class CapturingLogger : ILogger
    {
        public string? Message { get; private set; }

        public string? Scope { get; private set; }

        public Exception? Exception { get; private set; }

        public IEnumerable<KeyValuePair<string, object?>>? Values { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Scope = state.ToString();
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            (Message, Exception, Values) = (formatter(state, exception), exception, state as IEnumerable<KeyValuePair<string, object?>>);
    }
}
