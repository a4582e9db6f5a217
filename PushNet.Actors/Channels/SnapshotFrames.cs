using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>The frames of one snapshot, made once for all who have the same filter.</summary>
internal sealed class SnapshotFrames(PushChannel channel, BoardSnapshot snapshot, FrameEncoder encoder)
{
    private readonly Dictionary<EventFilter, ReadOnlyMemory<byte>> _frames = [];

    public ReadOnlyMemory<byte> For(EventFilter filter)
    {
        if (!_frames.TryGetValue(filter, out var frame))
        {
            // A snapshot with prices was made for one filter, and has no other games.
            var games = filter.SelectsAllGames || snapshot.PricesFor is not null ? snapshot.Games : snapshot.Games.Where(filter.Selects);
            frame = _frames[filter] = encoder.Snapshot(channel.Name, snapshot.Ts, games, snapshot.Seq);
        }

        return frame;
    }
}
