using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Sockets.Accepting;

namespace PushNet.Tests.Sockets.Accepting;

public sealed class AcceptLimitTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _time = new();
    private readonly RecordingLogs _logs = new();
    private readonly ILoggerFactory _loggers;
    private readonly AcceptLimit _limit;
    private readonly List<AcceptedConnection> _asked = [];

    public AcceptLimitTests()
    {
        _loggers = LoggerFactory.Create(logs => logs.AddProvider(_logs));
        _limit = new AcceptLimit(_time, _loggers.CreateLogger<AcceptLimit>());
    }

    [Fact]
    public async Task Nobody_gets_in_before_the_number_of_places_is_known()
    {
        var entering = _limit.EnterAsync(CancellationToken.None).AsTask();
        Assert.False(entering.IsCompleted);

        _limit.Open(1);

        await UntilAsync(() => entering.IsCompletedSuccessfully);
        Assert.Equal((1, 1), (_limit.Count, _limit.Limit));
    }

    [Fact]
    public async Task The_oldest_without_a_request_makes_room_once_its_second_is_over()
    {
        _limit.Open(2);
        var oldest = await ConnectAsync();
        await ConnectAsync();
        var begin = _time.GetTimestamp();

        var entering = _limit.EnterAsync(CancellationToken.None).AsTask();
        await UntilAsync(() => _asked.Count > 0);

        Assert.Same(oldest, _asked[0]);
        Assert.True(_time.GetElapsedTime(begin) >= AcceptLimit.Grace);
        Assert.False(entering.IsCompleted);
        await oldest.DisposeAsync();
        await UntilAsync(() => entering.IsCompletedSuccessfully);
        Assert.True(_limit.Evicted >= 1);
    }

    [Fact]
    public async Task Silence_goes_before_rest_and_rest_before_nothing()
    {
        _limit.Open(4);
        var conversing = await ConnectAsync();
        conversing.Begin();
        var rested = await ConnectAsync();
        Ask(rested);
        var restedLater = await ConnectAsync();
        Ask(restedLater);
        var silent = await ConnectAsync();

        var entering = _limit.EnterAsync(CancellationToken.None).AsTask();
        await UntilAsync(() => _asked.Count >= 1);
        await silent.DisposeAsync();
        await UntilAsync(() => entering.IsCompletedSuccessfully);

        entering = _limit.EnterAsync(CancellationToken.None).AsTask();
        await UntilAsync(() => _asked.Count >= 3);

        Assert.Equal([silent, rested, restedLater], _asked.Distinct());
    }

    [Fact]
    public async Task Who_does_not_close_when_asked_is_aborted()
    {
        _limit.Open(1);
        var stubborn = await ConnectAsync();

        var entering = _limit.EnterAsync(CancellationToken.None).AsTask();
        await UntilAsync(() => stubborn.ConnectionClosed.IsCancellationRequested);

        Assert.Equal([stubborn], _asked);
        Assert.Equal(1, _limit.Evicted);
        await stubborn.DisposeAsync();
        await UntilAsync(() => entering.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_request_that_ends_behind_its_connection_leaves_nothing_to_close()
    {
        _limit.Open(1);
        var connection = await ConnectAsync();
        connection.Begin();
        await connection.DisposeAsync();
        _limit.End(connection);

        Assert.Null(connection.Node);
        Assert.Equal(0, _limit.Count);
    }

    [Fact]
    public async Task A_failed_accept_waits_before_the_next_and_is_logged_once_a_minute()
    {
        for (var failure = 0; failure < 20; failure++)
        {
            var waiting = _limit.FailedAsync(new SocketException((int)SocketError.TooManyOpenSockets), CancellationToken.None);
            Assert.False(waiting.IsCompleted);
            _time.Advance(Step);
            await waiting;
        }

        Assert.Equal(20, _limit.Failures);
        Assert.Single(_logs.Lines);
        _time.Advance(TimeSpan.FromMinutes(1));
        _ = _limit.FailedAsync(new SocketException((int)SocketError.TooManyOpenSockets), CancellationToken.None);
        Assert.Equal(2, _logs.Lines.Count);
    }

    public void Dispose() => _loggers.Dispose();

    private static void Ask(AcceptedConnection connection)
    {
        connection.Begin();
        connection.End();
    }

    private async Task<AcceptedConnection> ConnectAsync()
    {
        await _limit.EnterAsync(CancellationToken.None);
        var inner = new DefaultConnectionContext();
        var connection = new AcceptedConnection(inner, _limit);
        inner.Features.Set<IConnectionLifetimeNotificationFeature>(new Closing(() => _asked.Add(connection)));
        return connection;
    }

    private Task UntilAsync(Func<bool> condition) => Eventually.True(() =>
    {
        _time.Advance(Step);
        return Task.FromResult(condition());
    });

    private sealed class Closing(Action ask) : IConnectionLifetimeNotificationFeature
    {
        public CancellationToken ConnectionClosedRequested { get; set; }

        public void RequestClose() => ask();
    }
}
