namespace PushNet.Actors.Clock;

/// <summary>
/// A moment on both clocks. The time between two moments is measured on the monotonic clock, which nobody sets. The wall clock
/// may be set at any time, back or forward, and is only for what is shown, kept on disk, or compared with a source's <c>ts</c>.
/// </summary>
/// <param name="Elapsed">The monotonic clock, from an origin of its own.</param>
/// <param name="WallClock">The wall clock.</param>
public readonly record struct Moment(TimeSpan Elapsed, DateTimeOffset WallClock) : IComparable<Moment>
{
    /// <summary>Before anything happens.</summary>
    public static readonly Moment LongAgo = new(TimeSpan.MinValue / 2, DateTimeOffset.MinValue);

    /// <summary>The wall clock in epoch milliseconds.</summary>
    public long Ts => WallClock.ToUnixTimeMilliseconds();

    /// <summary>How long ago <paramref name="earlier"/> was.</summary>
    public static TimeSpan operator -(Moment later, Moment earlier) => later.Elapsed - earlier.Elapsed;

    /// <summary>The moment that is this much later, if nobody sets the wall clock in between.</summary>
    public static Moment operator +(Moment moment, TimeSpan span) => new(moment.Elapsed + span, Later(moment.WallClock, span));

    /// <summary>True when it came before.</summary>
    public static bool operator <(Moment one, Moment other) => one.Elapsed < other.Elapsed;

    /// <summary>True when it came later.</summary>
    public static bool operator >(Moment one, Moment other) => one.Elapsed > other.Elapsed;

    /// <summary>True when it didn't come later.</summary>
    public static bool operator <=(Moment one, Moment other) => one.Elapsed <= other.Elapsed;

    /// <summary>True when it didn't come before.</summary>
    public static bool operator >=(Moment one, Moment other) => one.Elapsed >= other.Elapsed;

    /// <summary>The current moment.</summary>
    public static Moment Now(TimeProvider time) => new(ElapsedOf(time), WallClockOf(time));

    /// <summary>How far the wall clock was set since an earlier moment: above zero when forward, below zero when back.</summary>
    public TimeSpan SetSince(Moment earlier) => Between(earlier.WallClock, WallClock) - (this - earlier);

    /// <summary>An earlier moment as the wall clock would have shown it, had it always been set as it is now.</summary>
    public DateTimeOffset OnWallClock(Moment earlier) => Later(WallClock, earlier - this);

    /// <summary>The moment at which the wall clock showed a time, if nobody has set it since. Never later than this one.</summary>
    public Moment At(DateTimeOffset wallClock) =>
        new(Elapsed - TimeSpan.FromTicks(Math.Max(0, Between(wallClock, WallClock).Ticks)), wallClock);

    /// <inheritdoc />
    public int CompareTo(Moment other) => Elapsed.CompareTo(other.Elapsed);

    // Calculates in whole numbers: GetElapsedTime uses floating point, which is off by microseconds this far from zero, and whatever
    // waits for a time would be woken too early.
    private static TimeSpan ElapsedOf(TimeProvider time)
    {
        var (seconds, rest) = Math.DivRem(time.GetTimestamp(), time.TimestampFrequency);
        return new TimeSpan((seconds * TimeSpan.TicksPerSecond) + (rest * TimeSpan.TicksPerSecond / time.TimestampFrequency));
    }

    // Nobody else may read the wall clock or calculate with it.
#pragma warning disable RS0030
    private static DateTimeOffset WallClockOf(TimeProvider time) => time.GetUtcNow();

    private static TimeSpan Between(DateTimeOffset earlier, DateTimeOffset later) => later - earlier;

    private static DateTimeOffset Later(DateTimeOffset time, TimeSpan span) => time + span;
#pragma warning restore RS0030
}
