using PushNet.Actors.Clock;

namespace PushNet.Actors.Feed.Demo;

/// <summary>
/// Plays well-known matches forever, faster than they were, with prices of made-up bookmakers. Every play is a new
/// game. The first plays begin in the middle, each at a different point, so that a visitor sees live games from the first second.
/// </summary>
public sealed class DemoFeed : IFeedSource
{
    /// <summary>How many times faster than in reality, unless told otherwise: a match takes five to nine minutes.</summary>
    public const double DefaultSpeed = 18;

    private static readonly TimeSpan PauseBetweenPlays = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly double _speed;
    private readonly IReadOnlyList<DemoMatch> _matches = DemoMatch.LoadAll();

    /// <summary>A demo for one reader at a time.</summary>
    /// <param name="time">The clock it plays against and takes dates from.</param>
    /// <param name="random">What makes books differ and prices drift; seed it for the same prices each time.</param>
    /// <param name="speed">How many times faster than in reality; greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not a number greater than 0.</exception>
    public DemoFeed(TimeProvider time, Random random, double speed = DefaultSpeed)
    {
        if (!double.IsFinite(speed) || speed <= 0)
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "The speed must be a number greater than 0.");
        _time = time;
        _random = random;
        _speed = speed;
    }

    /// <inheritdoc />
    public bool IsDemo => true;

    /// <inheritdoc />
    public IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync(CancellationToken cancellation) =>
        new TimedPlayer(_time).PlayAsync(Lines(), cancellation);

    /// <summary>The endless sequence of lines, all matches merged in order of time.</summary>
    internal IEnumerable<TimedLine> Lines()
    {
        var epoch = Moment.Now(_time);
        var next = new PriorityQueue<IEnumerator<(TimeSpan At, ReadOnlyMemory<byte> Utf8)>, (TimeSpan, int)>();
        for (var i = 0; i < _matches.Count; i++)
        {
            var match = _matches[i];
            var from = match.Start + ((match.End - match.Start) * (i + 0.5) / _matches.Count);
            Advance(Plays(match, from, epoch).GetEnumerator(), i);
        }

        for (var number = 1L; next.TryDequeue(out var match, out var priority); number++)
        {
            yield return new TimedLine(number, match.Current.At, match.Current.Utf8);
            Advance(match, priority.Item2);
        }

        // The index gives what is due together a fixed order, whatever the queue does with equal times.
        void Advance(IEnumerator<(TimeSpan At, ReadOnlyMemory<byte> Utf8)> match, int index)
        {
            if (match.MoveNext())
                next.Enqueue(match, (match.Current.At, index));
        }
    }

    private IEnumerable<(TimeSpan At, ReadOnlyMemory<byte> Utf8)> Plays(DemoMatch match, TimeSpan from, Moment epoch)
    {
        for (var play = new DemoPlay(match, TimeSpan.Zero, from, _speed); ;
            play = new DemoPlay(match, play.End + PauseBetweenPlays, TimeSpan.Zero, _speed))
        {
            foreach (var line in play.Lines(epoch, _random))
                yield return line;
        }
    }
}
