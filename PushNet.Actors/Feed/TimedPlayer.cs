using System.Runtime.CompilerServices;

namespace PushNet.Actors.Feed;

/// <summary>
/// Plays lines in time. A line that is overdue when it is reached, because its sequence is not in order of time or
/// because the reader was slow, is played at once: nothing is left out.
/// </summary>
public sealed class TimedPlayer
{
    /// <summary>The most lines in one group, so that a source that is far behind doesn't flood the pipeline.</summary>
    public const int MaxLines = 256;

    // Task.Delay takes at most 49 days, and a recording may have a longer silence.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly double _speed;

    /// <summary>A player of any number of sequences, one after the other.</summary>
    /// <param name="time">The clock it plays against.</param>
    /// <param name="speed">How many times faster than recorded; greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not a number greater than 0.</exception>
    public TimedPlayer(TimeProvider time, double speed = 1.0)
    {
        if (!double.IsFinite(speed) || speed <= 0)
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "The speed must be a number greater than 0.");
        _time = time;
        _speed = speed;
    }

    /// <summary>Plays a sequence that is made without waiting.</summary>
    /// <param name="lines">The lines, in the order in which they are handed on.</param>
    /// <param name="cancellation">Ends the playing.</param>
    /// <returns>Groups of lines that are due together, never empty.</returns>
    public IAsyncEnumerable<IReadOnlyList<FeedLine>> PlayAsync(IEnumerable<TimedLine> lines, CancellationToken cancellation) =>
        PlayAsync(lines.ToAsyncEnumerable(), cancellation);

    /// <summary>Plays a sequence that is read as it goes. Lines that are due wait while the sequence itself waits.</summary>
    /// <param name="lines">The lines, in the order in which they are handed on.</param>
    /// <param name="cancellation">Ends the playing.</param>
    /// <returns>Groups of lines that are due together, never empty.</returns>
    public async IAsyncEnumerable<IReadOnlyList<FeedLine>> PlayAsync(
        IAsyncEnumerable<TimedLine> lines, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var start = _time.GetTimestamp();
        var due = new List<FeedLine>();
        await foreach (var line in lines.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (due.Count > 0 && (due.Count == MaxLines || Wait(start, line) > TimeSpan.Zero))
            {
                yield return due;
                due = [];
                cancellation.ThrowIfCancellationRequested();
            }

            // A timer may fire early, and a long silence takes several delays.
            while (Wait(start, line) is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
            due.Add(new FeedLine(line.Number, line.Utf8));
        }

        if (due.Count > 0)
            yield return due;
    }

    private TimeSpan Wait(long start, TimedLine line)
    {
        // Uses floating point, because a small speed can take the due time beyond what a TimeSpan holds.
        var milliseconds = (line.At.TotalMilliseconds / _speed) - _time.GetElapsedTime(start).TotalMilliseconds;
        if (milliseconds <= 0)
            return TimeSpan.Zero;

        // Task.Delay cuts off fractions of a millisecond; a wait of less than one would become a busy loop.
        return TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(milliseconds), LongestDelay.TotalMilliseconds));
    }
}
