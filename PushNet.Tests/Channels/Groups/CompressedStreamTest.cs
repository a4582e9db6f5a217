using System.Buffers;
using System.Text;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Clock;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels.Groups;

/// <summary>A stream of a group whose time the test controls.</summary>
public abstract class CompressedStreamTest : IDisposable
{
    private protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private protected StreamSetup Setup { get; } = Given.Streams();
    private protected SnapshotMemory Memory { get; } = new(SnapshotMemory.DefaultLimit, TimeProvider.System);
    private readonly List<IDisposable> _made = [];
    private protected Moment Now { get; set; } = Given.Now;
    private long _seq;

    public void Dispose() => _made.ForEach(one => one.Dispose());

    private protected CompressedStream Stream(int sharing, StreamSetup? setup = null, bool isPlainGroup = false)
    {
        var stream = new CompressedStream(setup ?? Setup, isPlainGroup);
        _made.Add(stream);
        for (var i = 0; i < sharing; i++)
        {
            stream.Add(isInStep: false);
        }

        return stream;
    }

    private protected CompressedBatch? Flush(CompressedStream stream, int events = 1, int members = 3)
    {
        var batch = Given.Events(_seq + 1, events);
        _seq += events;
        return stream.Compress(batch, members, new FanOutProgress(1, () => { }), Now);
    }

    private protected void Offer(CompressedStream stream, string text, SnapshotMemory? memory = null)
    {
        var frame = new ReadOnlySequence<byte>(WebSocketFrame.Text(Encoding.UTF8.GetBytes(text)));
        using var room = new SnapshotMemory(SnapshotMemory.DefaultLimit, TimeProvider.System).TryTake(frame.Length)!;
        stream.Offer(room.Fill(frame), memory ?? Memory, Now);
    }
}
