using System.Buffers;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>The frames of one snapshot, made once for all who have the same filter. Owns them until it is disposed of.</summary>
/// <param name="channel">The channel.</param>
/// <param name="snapshot">The snapshot.</param>
/// <param name="room">
/// The room that was taken for a snapshot of one group; null when each filter's frame takes room of its own.
/// </param>
/// <param name="encoder">The publisher's encoder.</param>
/// <param name="memory">Where there is room.</param>
internal sealed class SnapshotFrames(
    PushChannel channel, BoardSnapshot snapshot, SnapshotRoom? room, FrameEncoder encoder, SnapshotMemory memory) : IDisposable
{
    // More bytes than a frame has around its games.
    private const int Surroundings = 512;

    private readonly Dictionary<EventFilter, SharedSnapshot> _frames = [];

    /// <summary>Bytes of all frames.</summary>
    public long Length => _frames.Values.Sum(frame => frame.Frame.Length);

    /// <summary>The frame of a filter; null when it was not made yet.</summary>
    public SharedSnapshot? Made(EventFilter filter) => _frames.GetValueOrDefault(filter);

    /// <summary>The frame for a filter.</summary>
    /// <returns>Null when there is no room for it.</returns>
    /// <exception cref="SnapshotTooLargeException">There never will be room for it.</exception>
    public SharedSnapshot? For(EventFilter filter)
    {
        if (Made(filter) is { } made)
        {
            return made;
        }

        var size = snapshot.Games.Bytes.Length + Surroundings;
        if (room is null && size > memory.LargestSnapshot)
        {
            throw new SnapshotTooLargeException();
        }

        using var taken = room ?? memory.TryTake(size);
        return taken is null ? null : _frames[filter] = taken.Fill(Encode(filter));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        room?.Dispose();
        foreach (var frame in _frames.Values)
        {
            frame.Release();
        }

        _frames.Clear();
    }

    private ReadOnlySequence<byte> Encode(EventFilter filter)
    {
        // A snapshot that was made for one group has no other games.
        var games = filter.SelectsAllGames || snapshot.MadeFor is not null ? snapshot.Games : snapshot.Games.Where(filter.Selects);
        return encoder.Snapshot(channel.Name, snapshot.Ts, games, snapshot.Seq);
    }
}
