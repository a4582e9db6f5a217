using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Subscribers;

/// <summary>
/// Decides when a subscriber that lost what a snapshot heals asks for one. It never asks while a snapshot is under way. After that one
/// was written, it waits for the interval, or for as long as the writing took if that was longer. Pure: the time is passed in.
/// </summary>
/// <param name="healsPrices">True when its snapshots carry prices; otherwise only state events are healed.</param>
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

    /// <summary>The first snapshot of the connection, which nobody asked for, was written.</summary>
    /// <param name="begun">When its writing began.</param>
    /// <param name="now">The time.</param>
    public void Written(Moment begun, Moment now)
    {
        var took = now - begun;
        _notBefore = now + (took > Interval ? took : Interval);
    }

    /// <summary>A snapshot was written.</summary>
    /// <param name="place">The snapshot heals what was lost up to this place.</param>
    /// <param name="begun">When its writing began.</param>
    /// <param name="now">The time.</param>
    /// <returns>The same as <see cref="Lost"/>, for what was lost since.</returns>
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
