using Akka.Actor;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>
/// Fans the events of one channel out to its subscribers, which are its children. It joins what is pending into one shared batch per
/// flush, at the pace of the healthy subscribers. It lets newcomers in between two batches, exactly where their snapshot stands in the
/// stream.
/// </summary>
public sealed class PublisherActor : UntypedActor
{
    private readonly PushChannel _channel;
    private readonly IActorRef _gameState;
    private readonly TimeProvider _time;
    private readonly FrameEncoder _encoder = new();
    private readonly SnapshotQueue _snapshotQueue;
    private readonly ChannelBacklog _backlog;
    private readonly FanOut _fanOut;
    private readonly SnapshotGiver _snapshotGiver;
    private readonly WakeCall _wakeCall;
    private FarewellPlan? _farewells;

    /// <summary>A publisher without subscribers.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="settings">How it paces and bounds the fan-out.</param>
    /// <param name="gameState">Asked for snapshots.</param>
    /// <param name="time">The clock.</param>
    /// <param name="memory">Bounds what snapshots hold, over all channels; null for a bound of its own.</param>
    /// <param name="rounds">Lets the writes of a flush go to the kernel together; null when they don't.</param>
    /// <param name="log">Told who could not be let in, and of compressed streams that break.</param>
    /// <param name="allowance">Bounds the compressed streams of groups with a filter, over all channels; null when there are none.</param>
    public PublisherActor(
        PushChannel channel,
        FanOutSettings settings,
        IActorRef gameState,
        TimeProvider time,
        SnapshotMemory? memory = null,
        IWriteRounds? rounds = null,
        ILogger<PublisherActor>? log = null,
        StreamAllowance? allowance = null)
    {
        (_channel, _gameState, _time) = (channel, gameState, time);
        memory ??= new SnapshotMemory(SnapshotMemory.DefaultLimit, time);
        log ??= NullLogger<PublisherActor>.Instance;
        _snapshotQueue = new SnapshotQueue(memory);
        var self = Self;
        _backlog = new ChannelBacklog(() => gameState.Tell(Relieved.Instance, ActorRefs.NoSender));
        var metrics = PushMetrics.Of(Context.System).Of(channel);
        var streams = new StreamSetup(settings, allowance, channel, metrics.Compression, log);
        _fanOut = new FanOut(
            settings, memory, _encoder, rounds, metrics, _backlog, streams,
            (number, flushedAt) => self.Tell(new Drained(number, flushedAt), ActorRefs.NoSender));
        _snapshotGiver = new SnapshotGiver(Context, channel, _fanOut, _encoder, memory, time, log);
        _wakeCall = new WakeCall(self, time);
    }

    private Moment Now => Moment.Now(_time);

    private bool IsDraining => _farewells is not null;

    /// <inheritdoc />
    protected override void PreStart() => _gameState.Tell(new RegisterPublisher(_channel, Self, _backlog));

    /// <inheritdoc />
    protected override void PostStop()
    {
        _wakeCall.Dispose();
        foreach (var socket in _snapshotQueue.Sockets)
        {
            socket.Close(CloseCodes.ServiceRestart, "the server lost this subscription");
        }

        _snapshotQueue.Dispose();
        _fanOut.Dispose();
    }

    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Publish publish when _fanOut.Groups.Count > 0 || _snapshotQueue.HasArrived:
                MakeRoom(publish.Events.Count);
                _fanOut.Add(publish.Events, publish.ObservedAt);
                _wakeCall.Soon();
                break;
            case Publish publish:
                _fanOut.Ignore(publish.Events);
                break;
            case Drained drained when _fanOut.Drained(drained.FlushNumber, drained.FlushedAt, Now):
                _wakeCall.Soon();
                break;
            case Drained:
                break;
            case WakeCall.Wake:
                _wakeCall.Came();
                Pump();
                break;
            case Join join when !IsDraining && _snapshotGiver.TryLetIn(join, Sender):
                break;
            case Join join:
                _snapshotQueue.Add(join, Sender, Now);
                _wakeCall.Soon();
                break;
            case RequestHealing healing:
                _snapshotQueue.Add(healing, Now);
                _wakeCall.Soon();
                break;
            case BoardReset:
                ResetAll();
                break;
            case BoardSnapshot snapshot:
                _snapshotQueue.SnapshotArrived(snapshot, Now);
                _wakeCall.Soon();
                break;
            case SnapshotFailed failed:
                _snapshotGiver.TurnAway(_snapshotQueue.SnapshotFailed(failed, Now), failed.Reason);
                _wakeCall.Soon();
                break;
            case SnapshotGiver.Gone gone:
                _fanOut.Groups.Remove(gone.Subscriber, gone.Group, gone.TookCompressed);
                break;
            case FeedNotice notice:
                _snapshotGiver.Notice = notice.IsAny ? notice : null;
                _fanOut.Groups.Tell(notice);
                break;
            case Drain drain:
                _farewells ??= new FarewellPlan(_fanOut.Groups.Subscribers, Now, drain, _encoder);
                _wakeCall.Soon();
                break;
            case EndDrain:
                _farewells = null;
                break;
            case GetChannelUsage:
                Sender.Tell(_fanOut.Usage, ActorRefs.NoSender);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void AskForSnapshots()
    {
        while (_snapshotQueue.Ask(Now) is { } request)
        {
            _gameState.Tell(request);
        }
    }

    // Before anything is dropped for all, those who have a snapshot are let in: otherwise they would not be told of the drop.
    private void MakeRoom(int events)
    {
        while (_fanOut.IsFullWith(events) && _snapshotQueue.Next is { } next)
        {
            LetIn(next);
        }
    }

    // Those who have a snapshot of the board before are let in first: otherwise they would not be told of the new one.
    private void ResetAll()
    {
        while (_snapshotQueue.Next is { } next)
        {
            LetIn(next);
        }

        _fanOut.ForgetSnapshots();
        foreach (var subscriber in _fanOut.Groups.Subscribers)
        {
            subscriber.Tell(BoardReset.Instance, ActorRefs.NoSender);
        }
    }

    // Takes one step: sends a batch that belongs before the snapshot, or gives the snapshot.
    private void LetIn(SnapshotQueue.ArrivedSnapshot next)
    {
        if (_fanOut.HasUpTo(next.Place))
        {
            _fanOut.Flush(next.Place, Now, IsDraining);
        }
        else
        {
            GiveNext();
        }
    }

    private void GiveNext()
    {
        if (_snapshotGiver.Give(_snapshotQueue.TakeNext(), _farewells?.Reason) is { IsEmpty: false } noRoom)
        {
            _snapshotQueue.PutBack(noRoom, Now);
        }
    }

    // Newcomers are let in as soon as no event that belongs before their snapshot waits. Batches go out when the pacer says so.
    private void Pump()
    {
        AskForSnapshots();
        while (true)
        {
            while (_snapshotQueue.Next is { } next && !_fanOut.HasUpTo(next.Place))
            {
                GiveNext();
            }

            if (_fanOut.TimeToFlush(Now, IsDraining) is not { } wait)
            {
                break;
            }

            if (wait > TimeSpan.Zero)
            {
                _wakeCall.In(wait);
                return;
            }

            _fanOut.Flush(_snapshotQueue.Next?.Place ?? Place.End, Now, IsDraining);
        }

        if ((_farewells?.SayDue(Now) ?? FanOut.Sooner(_fanOut.TellMissed(Now), _snapshotQueue.TimeToAsk(Now))) is { } later)
        {
            _wakeCall.In(later);
        }
    }

    private sealed record Drained(long FlushNumber, Moment FlushedAt);
}
