using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Games;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Log;

/// <summary>A server without anything around it: what it makes of the log, and whom it tells.</summary>
internal sealed class Replica
{
    private static readonly ActorSystem System = ActorSystem.Create("replicas");

    private readonly GameBoard _board = new(Given.Limits);
    private readonly LogReplica _replica;
    private readonly Told _told = new();

    public Replica(LogImage? image = null)
    {
        var board = new ObservedBoard(
            _board,
            new PublishedBoard(),
            new FrameEncoder(),
            TimeProvider.System,
            NullLogger.Instance,
            System,
            new BurstHold(HoldSettings.None, PushMetrics.Of(System)));
        _replica = new LogReplica(board);
        _replica.Begin(image);
        board.Register(new RegisterPublisher(PushChannel.Odds, _told));
    }

    public LogState State => _replica.State;

    public LogImage Image => _replica.Image("log");

    /// <summary>The games in their order, as readers see them.</summary>
    public string Shown => string.Join('\n', _board.View().Games.Select(view => view.Game).Concat(_board.Games))
        + string.Join(',', Enumerable.Range(0, 4).Select(slug => _board.View().Find($"slug-{slug}")?.Game.GameId));

    /// <summary>Applies a message.</summary>
    /// <returns>What became of it, and the frames that it caused.</returns>
    public string Take(LogMessage message)
    {
        var step = _replica.Take(message);
        var told = new List<string> { $"{step.Turn}" };
        switch (_replica.Apply(step, TimeSpan.Zero))
        {
            case LinesReceipt receipt:
                told.Add($"{receipt.Counts}");
                told.AddRange(receipt.Errors.Select(error => $"{error}"));
                told.AddRange(receipt.Warnings.Select(warning => $"{warning}"));
                break;
            case GameRemoved removed:
                told.Add($"{removed}");
                break;
        }

        return string.Join('\n', told.Concat(_told.Take()));
    }

    /// <summary>Stands for a publisher, on the thread of whoever tells it.</summary>
    private sealed class Told : MinimalActorRef
    {
        private readonly List<string> _frames = [];

        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "told";

        public override IActorRefProvider Provider => throw new NotSupportedException();

        public IReadOnlyList<string> Take()
        {
            var frames = _frames.ToArray();
            _frames.Clear();
            return frames;
        }

        protected override void TellInternal(object message, IActorRef sender) =>
            _frames.AddRange(((Publish)message).Events.Select(one => Frames.Text(one.Frame)));
    }
}
