using System.Diagnostics;

namespace PushNet.Bench.Load;

/// <summary>
/// When each event is due: event i at the beginning of the run plus i times the interval. A late sender therefore counts as latency.
/// </summary>
/// <param name="eventsPerSecond">The rate.</param>
/// <param name="firstSeq">The seq of the run's event 0, from which the index of an event is found.</param>
internal sealed class Schedule(double eventsPerSecond, long firstSeq)
{
    private long _begin;

    /// <summary>Starts the clock.</summary>
    public void Begin() => Volatile.Write(ref _begin, Stopwatch.GetTimestamp());

    /// <summary>How many events are due by now.</summary>
    public long Due() => (long)(Stopwatch.GetElapsedTime(_begin).TotalSeconds * eventsPerSecond) + 1;

    /// <summary>How long until an event is due; negative when it was.</summary>
    public TimeSpan Until(long index) => -SinceIndex(index);

    /// <summary>How long ago an event was due; null for events that are not of the run.</summary>
    public TimeSpan? Since(long seq) => Volatile.Read(ref _begin) > 0 && seq >= firstSeq ? SinceIndex(seq - firstSeq) : null;

    /// <summary>How long ago the event with an index was due.</summary>
    public TimeSpan SinceIndex(long index) =>
        Stopwatch.GetElapsedTime(Volatile.Read(ref _begin)) - TimeSpan.FromSeconds(index / eventsPerSecond);
}
