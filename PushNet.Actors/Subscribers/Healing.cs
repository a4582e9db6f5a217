using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Subscribers;

/// <summary>
/// When a subscriber that lost what a snapshot heals asks for one: not while one is under way, and after the last no
/// sooner than the interval, nor than its writing took. Pure: the time comes in.
/// </summary>
/// <param name="healsPrices">True when its snapshots carry prices; else only state events are healed.</param>
internal sealed class Healing(bool healsPrices)
{
    /// <summary>Snapshots for one subscriber come no closer together than this.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private Place _lost;
    private bool _underWay;
    private Moment _notBefore = Moment.LongAgo;

    /// <summary>The client was told of a loss.</summary>
    /// <returns>How long to wait before asking for a snapshot; null when there is nothing to ask for.</returns>
    public TimeSpan? Lost(DropCounts dropped, Moment now)
    {
        _lost = Place.Later(_lost, healsPrices ? dropped.Newest : dropped.NewestState);
        return _lost > default(Place) && !_underWay ? Begin(now) : null;
    }

    /// <summary>A snapshot was written that nobody asked for: the first of the connection.</summary>
    /// <param name="begun">When its writing began.</param>
    /// <param name="now">The time.</param>
    public void Written(Moment begun, Moment now)
    {
        var took = now - begun;
        _notBefore = now + (took > Interval ? took : Interval);
    }

    /// <summary>A snapshot was written.</summary>
    /// <param name="place">What was lost up to it is healed by it.</param>
    /// <param name="begun">When its writing began.</param>
    /// <param name="now">The time.</param>
    /// <returns>As <see cref="Lost"/>, for what was lost since.</returns>
    public TimeSpan? Healed(Place place, Moment begun, Moment now)
    {
        _underWay = false;
        Written(begun, now);
        if (_lost > place)
        {
            return Begin(now);
        }

        _lost = default;
        return null;
    }

    private TimeSpan Begin(Moment now)
    {
        _underWay = true;
        var wait = _notBefore - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
