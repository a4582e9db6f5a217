using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;

namespace PushNet.Actors.Channels;

/// <summary>
/// Who waits for a snapshot: those who join and those who are healed. All who wait when a snapshot comes share it, so a
/// storm of joins asks for few. What came is let in when the stream has reached its place. Not thread-safe.
/// </summary>
internal sealed class Newcomers
{
    private readonly Queue<Admission> _admissions = [];
    private List<(Join Join, IActorRef ReplyTo)> _joins = [];
    private List<RequestHealing> _healing = [];
    private bool _asked;

    /// <summary>Who is next to be let in; null when nobody is.</summary>
    public Admission? Next => _admissions.TryPeek(out var next) ? next : null;

    /// <summary>True while somebody has a snapshot but is not let in yet: the events since then are theirs.</summary>
    public bool AwaitAdmission => _admissions.Count > 0;

    /// <summary>The sockets of all who wait to join.</summary>
    public IEnumerable<ISubscriberSocket> Sockets =>
        _admissions.SelectMany(admission => admission.Joins).Concat(_joins).Select(waiting => waiting.Join.Socket);

    public void Add(Join join, IActorRef replyTo) => _joins.Add((join, replyTo));

    public void Add(RequestHealing healing) => _healing.Add(healing);

    /// <summary>True once per snapshot: later askers share the one that is under way.</summary>
    public bool MayAskForSnapshot() => !_asked && (_asked = true);

    public void SnapshotArrived(BoardSnapshot snapshot)
    {
        _admissions.Enqueue(new Admission(snapshot, _joins, _healing));
        (_joins, _healing, _asked) = ([], [], false);
    }

    public Admission TakeNext() => _admissions.Dequeue();

    /// <summary>A snapshot and those who get it.</summary>
    internal sealed record Admission(
        BoardSnapshot Snapshot, IReadOnlyList<(Join Join, IActorRef ReplyTo)> Joins, IReadOnlyList<RequestHealing> Healing)
    {
        public long Seq => Snapshot.Seq;
    }
}
