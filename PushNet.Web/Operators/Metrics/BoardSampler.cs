using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.State;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;
using PushNet.Web.Http;
using PushNet.Web.Sockets;

namespace PushNet.Web.Operators.Metrics;

/// <summary>
/// Looks every few seconds at the board and all queues, which can't be read at any moment, and shows the latest numbers as gauges.
/// </summary>
internal sealed class BoardSampler : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly IRequiredActor<GameStateActor> _gameState;
    private readonly SocketRegistry _sockets;
    private readonly TimeProvider _time;
    private volatile BoardStatus? _board;
    private volatile Queues _queues = new(0, 0);

    public BoardSampler(
        IRequiredActor<GameStateActor> gameState, SocketRegistry sockets, SnapshotMemory snapshots, IMeterFactory meters, TimeProvider time)
    {
        (_gameState, _sockets, _time) = (gameState, sockets, time);
        var meter = meters.Create(PushMetrics.Name);
        meter.CreateObservableGauge("pushnet.games", () => Board(Games), "{game}", "Games on the board, by whether they are live");
        meter.CreateObservableGauge("pushnet.games.silent", () => Board(board => [new(board.SilentLive)]), "{game}",
            "Live games of which nothing was heard for the retention time");
        meter.CreateObservableCounter("pushnet.games.evicted", () => Board(board => [new(board.Evicted)]), "{game}",
            "Games that left the full board for games that came live");
        meter.CreateObservableGauge("pushnet.outcomes", () => Board(board => [new(board.Outcomes)]), "{outcome}", "Outcomes on the board");
        meter.CreateObservableGauge("pushnet.seq", () => Board(board => [new(board.Seq)]), "{event}", "The number of the last event");
        meter.CreateObservableGauge("pushnet.log.message", () => Log(log => log.Sequence), "{message}",
            "The last message of the log that the server applied");
        meter.CreateObservableGauge("pushnet.log.behind", () => Log(log => log.Behind.TotalSeconds), "s",
            "How long the log took to bring what the server itself sent to it last, or takes so far");
        meter.CreateObservableGauge("pushnet.log.followed", () => Log(log => log.Standing is LogStanding.Ready ? 1 : 0), "{server}",
            "1 while the server has read what the log has, otherwise 0");
        meter.CreateObservableGauge("pushnet.subscribers.behind", () => _queues.Behind, "{connection}", "Subscribers with events waiting");
        meter.CreateObservableGauge("pushnet.snapshots.memory", () => snapshots.Taken, "By",
            "Bytes that snapshots on their way to clients hold, and that the next may need");
        meter.CreateObservableGauge(
            "pushnet.subscribers.queued", () => _queues.Queued, "{event}", "Events waiting in the queues of all subscribers");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Sample();
        await foreach (var _ in Ticks.Every(Interval, _time, stoppingToken))
        {
            await Sample();
        }
    }

    private async Task Sample()
    {
        try
        {
            _board = await _gameState.ActorRef.Ask<BoardStatus>(new GetBoardStatus(), Interval);
        }
        catch (AskTimeoutException)
        {
            // The numbers stay as they were.
        }

        var queued = _sockets.Sockets.Select(socket => QueueReading.Of(socket.Subscriber).Queued).Where(count => count > 0).ToList();
        _queues = new Queues(queued.Count, queued.Sum(count => (long)count));
    }

    private IEnumerable<Measurement<long>> Board(Func<BoardStatus, IEnumerable<Measurement<long>>> read) =>
        _board is { } board ? read(board) : [];

    private IEnumerable<Measurement<T>> Log<T>(Func<LogStatus, T> read)
        where T : struct => _board?.Log is { } log ? [new(read(log))] : [];

    private static IEnumerable<Measurement<long>> Games(BoardStatus board) =>
        [new(board.Live, new KeyValuePair<string, object?>("live", "true")),
            new(board.Games - board.Live, new KeyValuePair<string, object?>("live", "false"))];

    private sealed record Queues(int Behind, long Queued);
}
