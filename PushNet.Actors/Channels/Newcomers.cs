using Akka.Actor;
using PushNet.Actors.State;
using PushNet.Actors.Subscribers;

namespace PushNet.Actors.Channels;

/// <summary>
/// Who waits for a snapshot: those who join and those who are healed. All who wait for the same share it, so a storm of
/// joins asks for few. What came is let in when the stream has reached its place. Not thread-safe.
/// </summary>
internal sealed class Newcomers
{
    private readonly Queue<Admission> _admissions = [];
    private readonly PricedSnapshots _priced = new();
    private WaitingList _waiting = new();
    private bool _asked;

    /// <summary>Who is next to be let in; null when nobody is.</summary>
    public Admission? Next => _admissions.TryPeek(out var next) ? next : null;

    /// <summary>True while somebody has a snapshot but is not let in yet: the events since then are theirs.</summary>
    public bool AwaitAdmission => _admissions.Count > 0;

    /// <summary>The sockets of all who wait to join.</summary>
    public IEnumerable<ISubscriberSocket> Sockets =>
        _admissions.Select(admission => admission.Who).Append(_waiting).Concat(_priced.Waiting)
            .SelectMany(list => list.Joins).Select(waiting => waiting.Join.Socket);

    public void Add(Join join, IActorRef replyTo, Moment now) =>
        (join.Subscription.HasPrices ? _priced.For(join.Subscription.Group, now) : _waiting).Add(join, replyTo);

    public void Add(RequestHealing healing, Moment now) =>
        (healing.Subscription.HasPrices ? _priced.For(healing.Subscription.Group, now) : _waiting).Add(healing);

    /// <summary>What to ask the game state for now; null when there is nothing more.</summary>
    public GetSnapshot? Ask(Moment now)
    {
        if (!_asked && !_waiting.IsEmpty)
        {
            _asked = true;
            return new GetSnapshot();
        }

        return _priced.Ask(now) is { } group ? new GetSnapshot(group) : null;
    }

    /// <summary>How long to wait before there is something to ask for; null when nothing is.</summary>
    public TimeSpan? TimeToAsk(Moment now) => _priced.TimeToWait(now);

    public void SnapshotArrived(BoardSnapshot snapshot, Moment now)
    {
        if (snapshot.PricesFor is { } group)
        {
            _admissions.Enqueue(new Admission(snapshot, _priced.Arrived(group, now)));
            return;
        }

        _admissions.Enqueue(new Admission(snapshot, _waiting));
        (_waiting, _asked) = (new WaitingList(), false);
    }

    public Admission TakeNext() => _admissions.Dequeue();

    /// <summary>A snapshot and those who get it.</summary>
    internal sealed record Admission(BoardSnapshot Snapshot, WaitingList Who)
    {
        public long Seq => Snapshot.Seq;
    }
}
