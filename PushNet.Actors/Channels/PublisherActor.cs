using Akka.Actor;
using PushNet.Actors.Channels.Groups;
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
    private readonly SubscriberGroups _groups;
    private readonly Newcomers _newcomers = new();
    private readonly PendingEvents _pending;
    private readonly FlushPacer _pacer;
    private readonly ITimer _flushTimer;
    private FarewellPlan? _farewells;
    private long _batchNumber;
    private bool _isPumpDue;

    /// <summary>A publisher without subscribers.</summary>
    public PublisherActor(PushChannel channel, FanOutSettings settings, IActorRef gameState, TimeProvider time)
    {
        (_channel, _settings, _gameState, _time) = (channel, settings, gameState, time);
        _pending = new PendingEvents(settings.MaxPendingEvents);
        _pacer = new FlushPacer(settings.MaxDelay, settings.Rest);
        _groups = new SubscriberGroups(settings, _encoder);

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
            case Publish publish when _groups.Count > 0 || _newcomers.AwaitAdmission:
                MakeRoom(publish.Events.Count);
                _groups.Missed(_pending.Add(publish.Events));
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
                _newcomers.Add(join, Sender, _time.GetUtcNow());
                PumpSoon();
                break;
            case RequestHealing healing:
                _newcomers.Add(healing, _time.GetUtcNow());
                PumpSoon();
                break;
            case BoardSnapshot snapshot:
                _newcomers.SnapshotArrived(snapshot, _time.GetUtcNow());
                PumpSoon();
                break;
            case Gone gone:
                _groups.Remove(gone.Subscriber, gone.Group);
                break;
            case Drain drain:
                BeginFarewells(drain.Spread);
                break;
            case GetChannelUsage:
                Sender.Tell(new ChannelUsage(_groups.Count, _pending.Count, _pending.Dropped.Total), ActorRefs.NoSender);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void AskForSnapshots()
    {
        while (_newcomers.Ask(_time.GetUtcNow()) is { } request)
        {
            _gameState.Tell(request);
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
        AskForSnapshots();
        while (true)
        {
            while (_newcomers.Next is { } next && !_pending.HasUpTo(next.Seq))
            {
                Admit(_newcomers.TakeNext());
            }

            if (_pending.Count == 0 && !ArePricesDue())
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
        if ((_farewells?.SayDue(now) ?? Sooner(_groups.TellMissed(now), Sooner(_groups.TimeToPrices(now), _newcomers.TimeToAsk(now)))) is { } later)
        {
            WakeIn(later);
        }
    }

    // Nothing is held back from who is told goodbye.
    private bool ArePricesDue() =>
        _groups.TimeToPrices(_time.GetUtcNow()) is { } wait && (wait <= TimeSpan.Zero || _farewells is not null);

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one > other ? other : one ?? other;

    // The timer counts whole milliseconds; what fell due while others were served is a millisecond late.
    private void WakeIn(TimeSpan wait) =>
        _flushTimer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);

    private void Flush(long upToSeq)
    {
        var now = _time.GetUtcNow();
        _groups.TellMissed(now);

        var (self, number) = (Self, ++_batchNumber);
        var events = _pending.Take(_settings.MaxBatchEvents, _settings.MaxBatchBytes, upToSeq);
        _pacer.Flushed(now);
        _groups.Tell(events, now, isLast: _farewells is not null, () => self.Tell(new BatchDrained(number), ActorRefs.NoSender));
        _pending.Compact();
    }

    private void Admit(Newcomers.Admission admission)
    {
        var frames = new SnapshotFrames(_channel, admission.Snapshot, _encoder);
        foreach (var healing in admission.Who.Healing)
        {
            healing.Subscriber.Tell(new HealingSnapshot(frames.For(healing.Subscription.Filter), admission.Seq), ActorRefs.NoSender);
        }

        foreach (var (join, replyTo) in admission.Who.Joins)
        {
            if (_farewells is not null)
            {
                join.Socket.Close(CloseCodes.ServiceRestart, "the server restarts");
                continue;
            }

            var subscriber = Context.ActorOf(SubscriberActor.Props(join.Socket, join.Subscription, _time));
            Context.WatchWith(subscriber, new Gone(subscriber, join.Subscription.Group));
            _groups.Add(subscriber, join.Subscription.Group);
            var welcome = _encoder.Welcome(_channel.Name, join.ConnectionId, join.Subscription);
            subscriber.Tell(new Hello(welcome, frames.For(join.Subscription.Filter), replyTo), ActorRefs.NoSender);
        }

        if (admission.Snapshot.PricesFor is { } group)
        {
            _groups.SnapshotGiven(group);
        }
    }

    private void BeginFarewells(TimeSpan spread)
    {
        _farewells ??= new FarewellPlan(_groups.Subscribers, _time.GetUtcNow(), spread, _encoder);
        PumpSoon();
    }

    private sealed record Wake
    {
        public static readonly Wake Instance = new();
    }

    private sealed record BatchDrained(long BatchNumber);

    private sealed record Gone(IActorRef Subscriber, GroupKey Group);
}
