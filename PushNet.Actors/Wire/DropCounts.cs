using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>How many events were dropped, by kind, and the newest of them. Immutable.</summary>
public sealed record DropCounts
{
    /// <summary>Nothing dropped.</summary>
    public static readonly DropCounts None = new(new long[EventKinds.Count], 0, 0);

    private readonly long[] _byKind;

    private DropCounts(long[] byKind, long newestSeq, long newestStateSeq) =>
        (_byKind, NewestSeq, NewestStateSeq) = (byKind, newestSeq, newestStateSeq);

    /// <summary>The number of the newest event dropped; 0 when none was.</summary>
    public long NewestSeq { get; }

    /// <summary>The number of the newest state event dropped; 0 when none was.</summary>
    public long NewestStateSeq { get; }

    /// <summary>How many events of a kind were dropped.</summary>
    public long this[EventKind kind] => _byKind[(int)kind];

    /// <summary>How many events were dropped in all.</summary>
    public long Total => _byKind.Sum();

    /// <summary>How many of them were state events.</summary>
    public long States => Total - this[EventKind.PriceChange];

    /// <summary>These and a number of events more.</summary>
    public DropCounts Plus(IEnumerable<EncodedEvent> dropped)
    {
        var byKind = _byKind.ToArray();
        var (newest, newestState) = (NewestSeq, NewestStateSeq);
        foreach (var one in dropped)
        {
            byKind[(int)one.Kind]++;
            newest = Math.Max(newest, one.Seq);
            newestState = one.Kind.IsState() ? Math.Max(newestState, one.Seq) : newestState;
        }

        return new DropCounts(byKind, newest, newestState);
    }

    /// <summary>What came on top of an earlier state of the same counts.</summary>
    public DropCounts Since(DropCounts earlier)
    {
        var byKind = _byKind.Zip(earlier._byKind, (now, then) => now - then).ToArray();
        return new DropCounts(byKind, NewestSeq, NewestStateSeq > earlier.NewestStateSeq ? NewestStateSeq : 0);
    }
}
