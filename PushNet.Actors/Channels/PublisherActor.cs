using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>
/// Fans the events of one channel out to its subscribers, which are its children. Joins what is pending into one
/// shared batch per flush, at the pace of the healthy subscribers, and lets newcomers in between two batches, exactly
/// where their snapshot stands in the stream.
/// </summary>
public sealed class PublisherActor : UntypedActor
{
    private readonly PushChannel _channel;
    private readonly FanOutSettings _settings;
    private readonly IActorRef _gameState;
    private readonly TimeProvider _time;
    private readonly FrameEncoder _encoder = new();
    private readonly Roster _roster = new();
    private readonly Newcomers _newcomers = new();
    private readonly PendingEvents _pending;
    private readonly FlushPacer _pacer;
    private readonly ITimer _flushTimer;
    private readonly GroupLag _lag;
    private FarewellPlan? _farewells;
    private long _batchNumber;
    private bool _isPumpDue;

    /// <summary>A publisher without subscribers.</summary>
    public PublisherActor(PushChannel channel, FanOutSettings settings, IActorRef gameState, TimeProvider time)
    {
        (_channel, _settings, _gameState, _time) = (channel, settings, gameState, time);
        _pending = new PendingEvents(settings.MaxPendingEvents);
        _pacer = new FlushPacer(settings.MaxDelay, settings.Rest);
        _lag = new GroupLag(_encoder);

        // Akka's scheduler ticks every 10 ms, which is longer than most flushes wait.
        var self = Self;
        _flushTimer = time.CreateTimer(_ => self.Tell(Wake.Instance, ActorRefs.NoSender), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc />
    protected override void PreStart() => _gameState.Tell(new RegisterPublisher(_channel, Self));

    /// <inheritdoc />
    protected override void PostStop()
    {
        _flushTimer.Dispose();
        foreach (var socket in _newcomers.Sockets)
        {
            socket.Close(CloseCodes.ServiceRestart, "the server lost this subscription");
        }
    }

    /// <inheritdoc />
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Publish publish when _roster.Count > 0 || _newcomers.AwaitAdmission:
                MakeRoom(publish.Events.Count);
                _pending.Add(publish.Events);
                PumpSoon();
                break;
            case Publish:
                break;
            case BatchDrained drained when drained.BatchNumber == _batchNumber:
                _pacer.Drained(_time.GetUtcNow());
                PumpSoon();
                break;
            case BatchDrained:
                break;
            case Wake:
                _isPumpDue = false;
                Pump();
                break;
            case Join join:
                _newcomers.Add(join, Sender);
                AskForSnapshot();
                break;
            case RequestHealing healing:
                _newcomers.AddHealing(healing.Subscriber);
                AskForSnapshot();
                break;
            case BoardSnapshot snapshot:
                _newcomers.SnapshotArrived(snapshot);
                PumpSoon();
                break;
            case Terminated gone:
                _roster.Remove(gone.ActorRef);
                break;
            case Drain drain:
                BeginFarewells(drain.Spread);
                break;
            case GetChannelUsage:
                Sender.Tell(new ChannelUsage(_roster.Count, _pending.Count, _pending.Dropped.Total), ActorRefs.NoSender);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void AskForSnapshot()
    {
        if (_newcomers.MayAskForSnapshot())
        {
            _gameState.Tell(new GetSnapshot());
        }
    }

    // Before anything is dropped for all, those who have a snapshot are let in: else they would not be told of the drop.
    private void MakeRoom(int events)
    {
        while (_pending.Count + events > _settings.MaxPendingEvents && _newcomers.Next is { } next)
        {
            if (_pending.HasUpTo(next.Seq))
            {
                Flush(next.Seq);
            }
            else
            {
                Admit(_newcomers.TakeNext());
            }
        }
    }

    // Behind what waits in the mailbox already: a flush takes long enough for many events to come, and they go out together.
    private void PumpSoon()
    {
        if (!_isPumpDue)
        {
            _isPumpDue = true;
            Self.Tell(Wake.Instance, ActorRefs.NoSender);
        }
    }

    // Newcomers are let in as soon as no event waits that belongs before their snapshot; batches go out when the pacer says.
    private void Pump()
    {
        while (true)
        {
            while (_newcomers.Next is { } next && !_pending.HasUpTo(next.Seq))
            {
                Admit(_newcomers.TakeNext());
            }

            if (_pending.Count == 0)
            {
                break;
            }

            var wait = _pacer.TimeToWait(_time.GetUtcNow(), _pending.Count >= _settings.MaxBatchEvents);
            if (wait > TimeSpan.Zero && _farewells is null)
            {
                WakeIn(wait);
                return;
            }

            Flush(_newcomers.Next?.Seq ?? long.MaxValue);
        }

        var now = _time.GetUtcNow();
        if ((_farewells?.SayDue(now) ?? _lag.Tell(_pending.Dropped, _roster, now)) is { } later)
        {
            WakeIn(later);
        }
    }

    // The timer counts whole milliseconds, and zero would come back at once.
    private void WakeIn(TimeSpan wait) =>
        _flushTimer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);

    private void Flush(long upToSeq)
    {
        var now = _time.GetUtcNow();
        _lag.Tell(_pending.Dropped, _roster, now);

        var (self, number) = (Self, ++_batchNumber);
        var progress = new FanOutProgress(_roster.Count + 1, () => self.Tell(new BatchDrained(number), ActorRefs.NoSender));
        var batch = FrameBatch.Join(_pending.Take(_settings.MaxBatchEvents, _settings.MaxBatchBytes, upToSeq), progress);
        _pending.Compact();
        _pacer.Flushed(now);
        _roster.Tell(batch);
        progress.Release();
    }

    private void Admit(Newcomers.Admission admission)
    {
        var frame = _encoder.Snapshot(_channel.Name, admission.Snapshot.Ts, admission.Snapshot.Games, admission.Seq);
        foreach (var healing in admission.Healing)
        {
            healing.Tell(new HealingSnapshot(frame, admission.Seq), ActorRefs.NoSender);
        }

        foreach (var (join, replyTo) in admission.Joins)
        {
            if (_farewells is not null)
            {
                join.Socket.Close(CloseCodes.ServiceRestart, "the server restarts");
                continue;
            }

            var subscriber = Context.ActorOf(SubscriberActor.Props(join.Socket, _time));
            Context.Watch(subscriber);
            _roster.Add(subscriber, _pending.Dropped);
            subscriber.Tell(new Hello(_encoder.Welcome(_channel.Name, join.ConnectionId), frame, replyTo), ActorRefs.NoSender);
        }
    }

    private void BeginFarewells(TimeSpan spread)
    {
        _farewells ??= new FarewellPlan(_roster.Subscribers, _time.GetUtcNow(), spread, _encoder);
        PumpSoon();
    }

    private sealed record Wake
    {
        public static readonly Wake Instance = new();
    }

    private sealed record BatchDrained(long BatchNumber);
}
