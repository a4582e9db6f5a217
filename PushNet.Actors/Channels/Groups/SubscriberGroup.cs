using System.Runtime.InteropServices;
using Akka.Actor;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels.Groups;

/// <summary>
/// The subscribers that get the same events: whatever a flush holds for them is selected and joined once for all of them.
/// Belongs to one publisher.
/// </summary>
internal sealed class SubscriberGroup(EventFilter filter, FrameEncoder encoder)
{
    private readonly Roster _roster = new();
    private readonly GroupLag _lag = new(encoder);
    private readonly List<EncodedEvent> _selected = [];
    private readonly bool _selectsAll = filter.IsNone;
    private DropCounts _dropped = DropCounts.None;

    public EventFilter Filter => filter;

    public int Count => _roster.Count;

    public IEnumerable<IActorRef> Subscribers => _roster.Subscribers;

    public void Add(IActorRef subscriber) => _roster.Add(subscriber, _dropped);

    public void Remove(IActorRef subscriber) => _roster.Remove(subscriber);

    /// <summary>The publisher dropped events for all its groups.</summary>
    public void Missed(IReadOnlyList<EncodedEvent> dropped)
    {
        var missed = Select([.. dropped]);
        if (missed.Length > 0)
        {
            _dropped = _dropped.Plus(missed.ToArray());
        }
    }

    /// <summary>Tells the subscribers what the publisher dropped, at most once a second.</summary>
    /// <returns>How long to wait before what is left can be told; null when nothing is.</returns>
    public TimeSpan? TellMissed(DateTimeOffset now) => _lag.Tell(_dropped, _roster, now);

    /// <summary>Sends the subscribers what is theirs, as one batch.</summary>
    /// <param name="events">What is flushed, for all groups.</param>
    /// <param name="progress">Counts every subscriber of this group.</param>
    /// <returns>False when nothing was theirs, and the progress still counts them.</returns>
    public bool Tell(ReadOnlySpan<EncodedEvent> events, FanOutProgress progress)
    {
        var selected = Select(events);
        if (selected.IsEmpty)
        {
            return false;
        }

        _roster.Tell(FrameBatch.Join(selected, progress));
        return true;
    }

    // Good until the next selection.
    private ReadOnlySpan<EncodedEvent> Select(ReadOnlySpan<EncodedEvent> events)
    {
        if (_selectsAll)
        {
            return events;
        }

        _selected.Clear();
        foreach (var one in events)
        {
            if (filter.Selects(one.Event))
            {
                _selected.Add(one);
            }
        }

        return CollectionsMarshal.AsSpan(_selected);
    }
}
