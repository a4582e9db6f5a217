using PushNet.Actors.Clock;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels.Groups;

/// <summary>
/// Tells the subscribers of a group what the publisher dropped for all of them, at most once a second, in one frame encoded once.
/// </summary>
internal sealed class GroupLag(FrameEncoder encoder)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DropCounts _told = DropCounts.None;
    private Moment _toldAt = Moment.LongAgo;

    /// <summary>Tells what is not told yet.</summary>
    /// <param name="dropped">Everything dropped so far.</param>
    /// <param name="roster">Whom to tell.</param>
    /// <param name="now">The time.</param>
    /// <returns>How long to wait before what is left can be told; null when nothing is.</returns>
    public TimeSpan? Tell(DropCounts dropped, Roster roster, Moment now)
    {
        if (ReferenceEquals(dropped, _told))
        {
            return null;
        }

        if (_toldAt + Interval - now is var wait && wait > TimeSpan.Zero)
        {
            return wait;
        }

        (_told, _toldAt) = (dropped, now);
        roster.TellMissed(dropped, missed => new GroupLagged(encoder.Lagged(missed, now.Ts), missed));
        return null;
    }
}
