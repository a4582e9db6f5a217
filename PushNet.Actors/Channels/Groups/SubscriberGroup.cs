using System.Runtime.InteropServices;
using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels.Groups;

/// <summary>
/// The subscribers that get the same events: whatever a flush holds for them is selected, merged and joined once for all of
/// them. Belongs to one publisher.
/// </summary>
internal sealed class SubscriberGroup(
    GroupKey key, FanOutSettings settings, FrameEncoder encoder, IWriteRounds? rounds, StreamSetup streams) : IDisposable
{
    private readonly GroupKey _key = key;
    private readonly Roster _roster = new(rounds);
    private readonly GroupLag _lag = new(encoder);
    private readonly Conflation? _conflation = key.IsConflated ? new Conflation(key.Conflate, encoder) : null;
    private readonly List<EncodedEvent> _selected = [];
    private readonly bool _isPlain = key.IsPlain;
    private DropCounts _dropped = DropCounts.None;

    public int Count => _roster.Count;

    public IEnumerable<IActorRef> Subscribers => _roster.Subscribers;

    /// <summary>The compressed form of what its subscribers get.</summary>
    public CompressedStream Stream { get; } = new(streams, key.IsPlain);

    public void Add(IActorRef subscriber) => _roster.Add(subscriber, _dropped);

    public void Remove(IActorRef subscriber) => _roster.Remove(subscriber);

    /// <inheritdoc />
    public void Dispose() => Stream.Dispose();

    /// <summary>A member was given a snapshot with prices.</summary>
    public void SnapshotGiven() => _conflation?.SnapshotGiven();

    /// <summary>How long to wait before held prices are due. Zero or less means that they are; null when none are held.</summary>
    public TimeSpan? TimeToPrices(Moment now) => _conflation?.TimeToWait(now);

    /// <summary>The publisher dropped prices for all its groups. Where prices are merged they are not lost.</summary>
    public void Missed(ReadOnlySpan<EncodedEvent> dropped)
    {
        if (_isPlain)
        {
            _dropped = _dropped.Plus(dropped.ToArray());
            Stream.CloseEntry();
            return;
        }

        Select(dropped);
        if (_selected.Count > 0)
        {
            Stream.CloseEntry();
            _dropped = _dropped.Plus(_selected);
        }
    }

    /// <summary>Tells the subscribers what the publisher dropped, at most once a second.</summary>
    /// <returns>How long to wait before what is left can be told; null when nothing is.</returns>
    public TimeSpan? TellMissed(Moment now) => _lag.Tell(_dropped, _roster, now);

    /// <summary>Sends the subscribers what is theirs, as one batch.</summary>
    /// <param name="events">What is flushed, for all groups.</param>
    /// <param name="next">The place of the first event after these that is pending already.</param>
    /// <param name="hasAsides">True when some of it is not for everybody.</param>
    /// <param name="progress">Counts every subscriber of this group.</param>
    /// <param name="now">The time.</param>
    /// <param name="isLast">True when held prices can't wait for their time.</param>
    /// <returns>The batch; null when there was nothing for them, and the progress still counts them.</returns>
    public FrameBatch? Tell(
        ReadOnlySpan<EncodedEvent> events, Place next, bool hasAsides, FanOutProgress progress, Moment now, bool isLast)
    {
        if (!_isPlain || hasAsides)
        {
            Select(events);
            _conflation?.Dequeue(_selected, settings.MaxBatchEvents, settings.MaxBatchBytes, next, now, isLast);
            events = CollectionsMarshal.AsSpan(_selected);
        }

        if (events.IsEmpty)
        {
            return null;
        }

        var compressed = Stream.Compress(events, Count, progress, now);
        var batch = FrameBatch.Join(events, progress, compressed);
        FrameBlock typical = compressed is not null && Stream.Sharing > Count / 2 ? compressed : batch;
        _roster.Tell(batch, typical.Bytes.Length);
        return batch;
    }

    private void Select(ReadOnlySpan<EncodedEvent> events)
    {
        _selected.Clear();
        foreach (var one in events)
        {
            if (one.Event is RemovedGame removed)
            {
                // What is sent after this must not bring its prices back.
                _conflation?.Forget(removed);
            }

            if (!_key.Selects(one.Event))
            {
                continue;
            }

            if (_conflation is not null && !one.Kind.IsState())
            {
                _conflation.Add(one);
            }
            else
            {
                _selected.Add(one.Event is GameMarkets markets ? Within(markets, one) : one);
            }
        }
    }

    // The prices of a game that went live are a snapshot of it: what is held may be in it.
    private EncodedEvent Within(GameMarkets markets, EncodedEvent encoded)
    {
        SnapshotGiven();
        return _key.Filter.SelectsAllPrices ? encoded : encoder.Encode(markets with { Selects = _key.Filter.Selects });
    }
}
