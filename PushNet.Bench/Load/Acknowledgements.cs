using System.Diagnostics;

namespace PushNet.Bench.Load;

/// <summary>How long observations waited for their acknowledgements. Thread-safe.</summary>
internal sealed class Acknowledgements
{
    private readonly Lock _gate = new();
    private List<Acknowledgement> _all = [];

    /// <summary>One acknowledgement came.</summary>
    /// <param name="waited">How long ago the oldest observation that it covers was due.</param>
    /// <param name="lines">How many observations it covers.</param>
    public void Add(TimeSpan waited, long lines)
    {
        lock (_gate)
        {
            _all.Add(new(Stopwatch.GetTimestamp(), waited, lines));
        }
    }

    /// <summary>Takes all acknowledgements that came since the last call.</summary>
    public IReadOnlyList<Acknowledgement> Drain()
    {
        lock (_gate)
        {
            var taken = _all;
            _all = [];
            return taken;
        }
    }

    /// <summary>Milliseconds that a share of acknowledgements took at most.</summary>
    /// <param name="all">At least one.</param>
    /// <param name="percentile">The share, 0 to 100.</param>
    public static double PercentileMs(IReadOnlyList<Acknowledgement> all, int percentile) =>
        all.Select(one => one.Waited.TotalMilliseconds).Order().ElementAt((all.Count - 1) * percentile / 100);
}

/// <summary>One acknowledgement.</summary>
/// <param name="At">When it came, of <see cref="Stopwatch"/>.</param>
/// <param name="Waited">How long ago the oldest observation that it covers was due.</param>
/// <param name="Lines">How many observations it covers.</param>
internal readonly record struct Acknowledgement(long At, TimeSpan Waited, long Lines);
