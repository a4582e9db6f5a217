using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels.Groups;

/// <summary>
/// Price changes that are held back and merged, so that a group is sent at most one per outcome and interval, the newest.
/// What is due goes out in rounds; the next begins an interval after the last has ended, so no outcome comes sooner. The
/// first change after a silence waits for nothing. Pure and not thread-safe.
/// </summary>
/// <param name="interval">The shortest time between two changes of one outcome.</param>
/// <param name="encoder">Encodes what was merged.</param>
internal sealed class Conflation(TimeSpan interval, FrameEncoder encoder)
{
    private readonly Queue<Held> _round = [];
    private Dictionary<(string GameId, OutcomeKey), Held> _inRound = [];
    private Dictionary<(string GameId, OutcomeKey), Held> _next = [];
    private Moment _nextRoundAt = Moment.LongAgo;
    private int _snapshots;

    /// <summary>Holds a change, in the place of an earlier one of its outcome.</summary>
    /// <param name="encoded">A price change.</param>
    public void Add(EncodedEvent encoded)
    {
        var change = (PriceChange)encoded.Event;
        var outcome = (change.Game.GameId, change.Key);
        if (_inRound.TryGetValue(outcome, out var held) || _next.TryGetValue(outcome, out held))
        {
            held.Newest = encoded;
        }
        else
        {
            // Nothing of this outcome is held, so the price before this change is the one that the group has.
            _next.Add(outcome, new Held(outcome, _snapshots) { Before = (change.OldPrice, change.WasMain), Newest = encoded });
        }
    }

    /// <summary>
    /// A member of the group was given a snapshot with prices, so it has what is held already. An outcome that comes back to what the
    /// others have must be sent all the same.
    /// </summary>
    public void SnapshotGiven() => _snapshots++;

    /// <summary>A game left the board: the prices that are held of it are not sent any more.</summary>
    public void Forget(RemovedGame removed)
    {
        foreach (var held in _inRound.Values.Concat(_next.Values).Where(held => held.Outcome.GameId == removed.Game.GameId).ToList())
        {
            held.Before = default;
            if (held.Newest.Place < removed.Place)
            {
                held.IsForgotten = true;
                _inRound.Remove(held.Outcome);
                _next.Remove(held.Outcome);
            }
        }
    }

    /// <summary>How long to wait before <see cref="Dequeue"/> gives something. Zero or less means now; null when nothing is held.</summary>
    public TimeSpan? TimeToWait(Moment now) =>
        _round.Count > 0 ? TimeSpan.Zero
        : _next.Count > 0 ? _nextRoundAt - now
        : null;

    /// <summary>Takes what is due, as far as there is room.</summary>
    /// <param name="into">Where it is added.</param>
    /// <param name="maxEvents">The most that <paramref name="into"/> may hold then.</param>
    /// <param name="maxBytes">Bytes of frames at most, unless the first alone is larger.</param>
    /// <param name="next">
    /// A change from behind this place must wait. It is held because it was dropped, and must not overtake what comes before it.
    /// </param>
    /// <param name="now">The time.</param>
    /// <param name="isLast">True to take what is held without waiting for its time.</param>
    public void Dequeue(List<EncodedEvent> into, int maxEvents, int maxBytes, Place next, Moment now, bool isLast)
    {
        if (_round.Count == 0 && (isLast || now >= _nextRoundAt))
        {
            BeginRound();
        }

        var isAny = _round.Count > 0;
        for (var bytes = 0; into.Count < maxEvents && bytes < maxBytes && _round.TryDequeue(out var held);)
        {
            if (held.IsForgotten)
            {
                continue;
            }

            _inRound.Remove(held.Outcome);
            if (held.Newest.Place >= next)
            {
                _next.Add(held.Outcome, held);
                continue;
            }

            if (Merged(held) is { } merged)
            {
                into.Add(merged);
                bytes += merged.Frame.Length;
            }
        }

        _nextRoundAt = isAny && _round.Count == 0 ? now + interval : _nextRoundAt;
    }

    private void BeginRound()
    {
        (_inRound, _next) = (_next, _inRound);
        foreach (var held in _inRound.Values)
        {
            _round.Enqueue(held);
        }
    }

    // Null when the outcome is back at what everybody has.
    private EncodedEvent? Merged(Held held)
    {
        var newest = (PriceChange)held.Newest.Event;
        var (old, now) = ((newest.OldPrice, newest.WasMain), (newest.NewPrice, newest.IsMain));
        return old == held.Before && now != held.Before ? held.Newest
            : now == held.Before && held.Snapshots == _snapshots ? null
            : encoder.Encode(newest with { OldPrice = held.Before.Price, WasMain = held.Before.IsMain });
    }

    private sealed class Held((string GameId, OutcomeKey Key) outcome, int snapshots)
    {
        public (string GameId, OutcomeKey Key) Outcome => outcome;

        /// <summary>What the group was last sent.</summary>
        public required (decimal? Price, bool IsMain) Before { get; set; }

        /// <summary>Snapshots given before the outcome was held.</summary>
        public int Snapshots => snapshots;

        /// <summary>True when its game left the board.</summary>
        public bool IsForgotten { get; set; }

        public required EncodedEvent Newest { get; set; }
    }
}
