using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>Tells the subscribers of a channel what the publisher dropped for all of them, at most once a second, in one frame encoded once.</summary>
internal sealed class GroupLag(FrameEncoder encoder)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DropCounts _told = DropCounts.None;
    private DateTimeOffset _toldAt = DateTimeOffset.MinValue;

    public void Tell(DropCounts dropped, Roster roster, DateTimeOffset now)
    {
        if (ReferenceEquals(dropped, _told) || now - _toldAt < Interval)
        {
            return;
        }

        (_told, _toldAt) = (dropped, now);
        roster.TellMissed(dropped, missed => new GroupLagged(encoder.Lagged(missed, now.ToUnixTimeMilliseconds())));
    }
}
