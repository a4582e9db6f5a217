using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>
/// Holds the clients that wait for a snapshot: those that join and those that are healed. All that wait for the same snapshot share
/// it, so a storm of joins asks for few. A snapshot that arrived is given when the stream has reached its place. Clients wait in line
/// while there is no room for what they need. Not thread-safe.
/// </summary>
/// <param name="memory">Where there is room.</param>
internal sealed class SnapshotQueue(SnapshotMemory memory) : IDisposable
{
    // How long to wait before checking again whether there is room.
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    private readonly Queue<ArrivedSnapshot> _arrived = [];
    private readonly OwnSnapshots _own = new();
    private WaitingList _waiting = new();
    private SnapshotRoom? _room;
    private bool _asked;
    private Moment _retryAt = Moment.LongAgo;
    private Moment _ownRetryAt = Moment.LongAgo;

    /// <summary>The snapshot that is given next; null when none has arrived.</summary>
    public ArrivedSnapshot? Next => _arrived.TryPeek(out var next) ? next : null;

    /// <summary>True while a snapshot has arrived and is not given yet: those that get it get the events since then too.</summary>
    public bool HasArrived => _arrived.Count > 0;

    /// <summary>The sockets of all who wait to join.</summary>
    public IEnumerable<ISubscriberSocket> Sockets =>
        _arrived.Select(arrived => arrived.Who).Append(_waiting).Concat(_own.Waiting)
            .SelectMany(list => list.Joins).Select(waiting => waiting.Join.Socket);

    public void Add(Join join, IActorRef replyTo, Moment now) =>
        WaitingListOf(join.Subscription.Group, now).Add(join, replyTo);

    public void Add(RequestHealing healing, Moment now) =>
        WaitingListOf(healing.Subscription.Group, now).Add(healing);

    /// <summary>What to ask the game state for now; null when there is nothing more.</summary>
    public GetSnapshot? Ask(Moment now)
    {
        if (!_asked && !_waiting.IsEmpty && _retryAt <= now)
        {
            _asked = true;
            return new GetSnapshot();
        }

        return _ownRetryAt <= now && _own.TimeToWait(now) <= TimeSpan.Zero ? AskForOwn(now) : null;
    }

    /// <summary>How long to wait before there is something to ask for; null when nothing is.</summary>
    public TimeSpan? TimeToAsk(Moment now)
    {
        TimeSpan? plain = _asked || _waiting.IsEmpty ? null : _retryAt - now;
        var own = _own.TimeToWait(now);
        return FanOut.Sooner(plain, own < _ownRetryAt - now ? _ownRetryAt - now : own);
    }

    public void SnapshotArrived(BoardSnapshot snapshot, Moment now)
    {
        var isOwn = snapshot.MadeFor is not null;
        _arrived.Enqueue(new ArrivedSnapshot(snapshot, isOwn ? _room : null, Arrived(snapshot.MadeFor, now)));
        _room = isOwn ? null : _room;
    }

    /// <summary>What was asked for could not be made.</summary>
    /// <returns>Who waited for it.</returns>
    public WaitingList SnapshotFailed(SnapshotFailed failed, Moment now)
    {
        if (failed.MadeFor is not null)
        {
            _room?.Dispose();
            _room = null;
        }

        return Arrived(failed.MadeFor, now);
    }

    /// <summary>
    /// There was no room for what some were to be given. They wait for another snapshot, ahead of those who came later.
    /// </summary>
    public void PutBack(WaitingList who, Moment now)
    {
        who.Add(_waiting);
        (_waiting, _retryAt) = (who, now + Retry);
        memory.MakeRoom();
    }

    /// <summary>Gives back the room of snapshots that were not given.</summary>
    public void Dispose()
    {
        _room?.Dispose();
        foreach (var arrived in _arrived)
        {
            arrived.Room?.Dispose();
        }
    }

    private WaitingList WaitingListOf(GroupKey group, Moment now) => group.HasOwnSnapshots ? _own.For(group, now) : _waiting;

    private WaitingList Arrived(GroupKey? madeFor, Moment now)
    {
        if (madeFor is { } group)
        {
            return _own.Arrived(group, now);
        }

        var waited = _waiting;
        (_waiting, _asked) = (new WaitingList(), false);
        return waited;
    }

    private GetSnapshot? AskForOwn(Moment now)
    {
        // Nobody knows how large it will be.
        _room = memory.TryTake(memory.LargestSnapshot);
        if (_room is not null)
        {
            return new GetSnapshot(_own.Ask(now), _room.Bytes);
        }

        _ownRetryAt = now + Retry;
        memory.MakeRoom();
        return null;
    }

    public ArrivedSnapshot TakeNext() => _arrived.Dequeue();

    /// <summary>A snapshot and those that get it.</summary>
    /// <param name="Snapshot">The snapshot.</param>
    /// <param name="Room">The room that was taken for a group's snapshot; null for everybody's.</param>
    /// <param name="Who">Those that get it.</param>
    internal sealed record ArrivedSnapshot(BoardSnapshot Snapshot, SnapshotRoom? Room, WaitingList Who)
    {
        public Place Place => Snapshot.Place;
    }
}
