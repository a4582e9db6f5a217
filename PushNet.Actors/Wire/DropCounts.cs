using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>How many events were dropped, by kind, and the newest of them. Immutable.</summary>
public sealed record DropCounts
{
    /// <summary>Nothing dropped.</summary>
    public static readonly DropCounts None = new(new long[EventKinds.Count], default, default);

    private readonly long[] _byKind;

    private DropCounts(long[] byKind, Place newest, Place newestState) =>
        (_byKind, Newest, NewestState) = (byKind, newest, newestState);

    /// <summary>The place of the newest event dropped; 0 when none was.</summary>
    public Place Newest { get; }

    /// <summary>The place of the newest state event dropped; 0 when none was.</summary>
    public Place NewestState { get; }

    /// <summary>The number of the newest event dropped; 0 when none was.</summary>
    public long NewestSeq => Newest.Seq;

    /// <summary>How many events of a kind were dropped.</summary>
    public long this[EventKind kind] => _byKind[(int)kind];

    /// <summary>How many events were dropped in all.</summary>
    public long Total => _byKind.Sum();

    /// <summary>How many of them were state events.</summary>
    public long States => Total - this[EventKind.PriceChange];

    /// <summary>These counts and some more events.</summary>
    public DropCounts Plus(IEnumerable<EncodedEvent> dropped)
    {
        var byKind = _byKind.ToArray();
        var (newest, newestState) = (Newest, NewestState);
        foreach (var one in dropped)
        {
            byKind[(int)one.Kind]++;
            newest = Place.Later(newest, one.Place);
            newestState = one.Kind.IsState() ? Place.Later(newestState, one.Place) : newestState;
        }

        return new DropCounts(byKind, newest, newestState);
    }

    /// <summary>What was added since an earlier state of the same counts.</summary>
    public DropCounts Since(DropCounts earlier)
    {
        var byKind = _byKind.Zip(earlier._byKind, (now, then) => now - then).ToArray();
        return new DropCounts(byKind, Newest, NewestState > earlier.NewestState ? NewestState : default);
    }
}
