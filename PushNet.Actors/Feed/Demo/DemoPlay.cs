using PushNet.Actors.Clock;

namespace PushNet.Actors.Feed.Demo;

/// <summary>One play of a match, from its announcement or from the middle of it.</summary>
/// <param name="match">The match.</param>
/// <param name="begin">When the play begins, from the start of the demo.</param>
/// <param name="from">The moment of the recording it begins at; what came before is given as one observation.</param>
/// <param name="speed">How many times faster than in reality.</param>
internal sealed class DemoPlay(DemoMatch match, TimeSpan begin, TimeSpan from, double speed)
{
    /// <summary>When the play is over.</summary>
    public TimeSpan End => When(match.End);

    /// <summary>The lines in order of time.</summary>
    /// <param name="epoch">When the demo started.</param>
    /// <param name="random">What makes books differ.</param>
    public IEnumerable<(TimeSpan At, ReadOnlyMemory<byte> Utf8)> Lines(Moment epoch, Random random)
    {
        var lines = new DemoLines(match.Name, (epoch + begin).WallClock, (epoch + When(match.Start)).WallClock);
        var desk = new OddsDesk(random);
        DemoMoment? last = null;
        var nextMove = begin;
        foreach (var moment in Moments())
        {
            var at = last is null ? begin : When(moment.At);
            for (; last?.Odds is { } odds && nextMove < at; nextMove += desk.Pause())
            {
                foreach (var quote in desk.Move(odds))
                    yield return (nextMove, lines.Price(quote));
            }

            yield return (at, lines.Game(moment.Template));
            if (moment.Odds is null)
            {
                foreach (var quote in desk.Close())
                    yield return (at, lines.Price(quote));
            }
            else if (last is null || !moment.HasScoreOf(last))
            {
                desk.Review();
                nextMove = at + desk.Pause();
            }

            last = moment;
        }
    }

    private IEnumerable<DemoMoment> Moments()
    {
        var first = match.Moments.Count(moment => moment.At <= from) - 1;
        return match.Moments.Skip(Math.Max(first, 0));
    }

    private TimeSpan When(TimeSpan recorded) => begin + ((recorded - from) / speed);
}
