using Akka.Actor;
using PushNet.Actors.Subscribers;

namespace PushNet.Actors.Channels;

/// <summary>Who waits for the same snapshot: those who join, and those who are healed.</summary>
internal sealed class WaitingList
{
    private readonly List<(Join Join, IActorRef ReplyTo)> _joins = [];
    private readonly List<RequestHealing> _healing = [];

    public IReadOnlyList<(Join Join, IActorRef ReplyTo)> Joins => _joins;

    public IReadOnlyList<RequestHealing> Healing => _healing;

    public int Count => _joins.Count + _healing.Count;

    public bool IsEmpty => Count == 0;

    public void Add(Join join, IActorRef replyTo) => _joins.Add((join, replyTo));

    public void Add(RequestHealing healing) => _healing.Add(healing);

    /// <summary>Adds those of another list.</summary>
    public void Add(WaitingList others)
    {
        _joins.AddRange(others._joins);
        _healing.AddRange(others._healing);
    }
}
