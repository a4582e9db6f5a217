namespace PushNet.Actors.Feed.Health;

/// <summary>Counts per second over the last ten whole seconds. Pure.</summary>
internal sealed class RateMeter
{
    private const int Seconds = 10;

    // One more for the second that is not over yet.
    private readonly long[] _counts = new long[Seconds + 1];
    private long _second;

    /// <summary>Counts something.</summary>
    /// <param name="second">The second in which it happened, on any clock that doesn't go back.</param>
    /// <param name="count">How many.</param>
    public void Add(long second, int count)
    {
        MoveTo(second);
        _counts[_second % _counts.Length] += count;
    }

    /// <summary>The mean of the ten seconds before this one.</summary>
    /// <param name="second">The current second.</param>
    public double PerSecond(long second)
    {
        MoveTo(second);
        return (double)(_counts.Sum() - _counts[_second % _counts.Length]) / Seconds;
    }

    private void MoveTo(long second)
    {
        for (var passed = Math.Min(second - _second, _counts.Length); passed > 0; passed--)
        {
            _counts[(second - passed + 1) % _counts.Length] = 0;
        }

        _second = Math.Max(_second, second);
    }
}
