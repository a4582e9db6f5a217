using System.Diagnostics;

namespace PushNet.Bench.Load;

/// <summary>How long observations waited for their acknowledgements. Written by the feed's reading thread.</summary>
internal sealed class Acknowledgements
{
    private readonly Lock _gate = new();
    private List<(long At, TimeSpan Waited)> _all = [];

    /// <summary>One acknowledgement came.</summary>
    /// <param name="waited">How long ago the oldest observation that it covers was due.</param>
    public void Add(TimeSpan waited)
    {
        lock (_gate)
        {
            _all.Add((Stopwatch.GetTimestamp(), waited));
        }
    }

    /// <summary>Takes all acknowledgements that came since the last call.</summary>
    /// <returns>When each came, and how long it had waited.</returns>
    public IReadOnlyList<(long At, TimeSpan Waited)> Drain()
    {
        lock (_gate)
        {
            var taken = _all;
            _all = [];
            return taken;
        }
    }
}
