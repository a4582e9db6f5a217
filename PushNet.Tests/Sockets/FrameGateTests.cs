using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Wire;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class FrameGateTests : IGateOwner
{
    private static readonly byte[] Ours = [0x81, 0x01, (byte)'o'];
    private static readonly byte[] Control = [0x8a, 0x00];
    private static readonly byte[] Close = [0x88, 0x00];

    private readonly SlowStream _inner = new();
    private readonly FakeTimeProvider _time = new(Given.Now.WallClock);
    private readonly FrameGate _gate;
    private int _received;

    public FrameGateTests() => _gate = new FrameGate(_inner, bytes => _inner.WriteAsync(bytes), null, this, _time);

    [Fact]
    public async Task A_write_that_is_taken_at_once_completes_at_once()
    {
        var write = _gate.WriteFramesAsync(Ours);

        Assert.True(write.IsCompletedSuccessfully);
        await write;
        Assert.Equal(0, _gate.WritingSince);
    }

    [Fact]
    public async Task Frames_never_mix_however_they_come()
    {
        _inner.Block();
        var first = _gate.WriteFramesAsync(Ours).AsTask();
        var control = _gate.WriteAsync(Control).AsTask();
        var second = _gate.WriteFramesAsync(Ours).AsTask();
        Assert.Single(_inner.Writes);
        Assert.False(control.IsCompleted || second.IsCompleted);

        _inner.Unblock();
        await Task.WhenAll(first, control, second);

        Assert.Equal(["81016F", "8A00", "81016F"], _inner.Writes);
    }

    [Fact]
    public async Task Nothing_comes_between_the_blocks_of_a_frame()
    {
        _inner.Block();
        var frame = _gate.WriteFrameAsync(Pieces.Join(new byte[] { 0x81, 0x02 }, new byte[] { 0x6F }, new byte[] { 0x6B })).AsTask();
        var control = _gate.WriteAsync(Control).AsTask();
        Assert.Single(_inner.Writes);

        _inner.Unblock();
        await Task.WhenAll(frame, control);

        Assert.Equal(["8102", "6F", "6B", "8A00"], _inner.Writes);
        Assert.Equal(0, _gate.WritingSince);
    }

    [Fact]
    public async Task Writers_on_many_threads_never_overlap()
    {
        await Parallel.ForAsync(0, 2_000, async (i, _) =>
        {
            await (i % 3 == 0 ? _gate.WriteAsync(Control, CancellationToken.None) : _gate.WriteFramesAsync(Ours));
            await Task.Yield();
        });

        Assert.Equal(1, _inner.MostAtOnce);
        Assert.Equal(2_000, _inner.Writes.Count);
    }

    [Fact]
    public async Task Nothing_of_ours_follows_a_close_frame_and_neither_does_what_waited_behind_it()
    {
        _inner.Block();
        var close = _gate.WriteAsync(Close).AsTask();
        var waited = _gate.WriteFramesAsync(Ours).AsTask();
        _inner.Unblock();
        await Task.WhenAll(close, waited);

        await _gate.WriteFramesAsync(Ours);

        Assert.Equal(["8800"], _inner.Writes);
    }

    [Fact]
    public async Task The_time_of_an_unfinished_write_is_known()
    {
        _inner.Block();
        var began = _time.GetTimestamp();
        var write = _gate.WriteFramesAsync(Ours).AsTask();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(began, _gate.WritingSince);

        _inner.Unblock();
        await write;

        Assert.Equal(0, _gate.WritingSince);
    }

    [Fact]
    public async Task A_write_that_fails_lets_the_next_one_through()
    {
        _inner.Block();
        var late = _gate.WriteFramesAsync(Ours).AsTask();
        _inner.Fail(new IOException("gone"));
        await Assert.ThrowsAsync<IOException>(() => late);
        await Assert.ThrowsAsync<IOException>(async () => await _gate.WriteFramesAsync(Ours));

        _inner.Fail(null);
        await _gate.WriteFramesAsync(Ours);

        Assert.Equal(0, _gate.WritingSince);
        Assert.Equal("81016F", _inner.Writes[^1]);
    }

    [Fact]
    public async Task Only_reads_that_brought_bytes_are_life()
    {
        _inner.Incoming = 3;
        Assert.Equal(3, await _gate.ReadAsync(RawClient.Frame(0x8A, [])));
        Assert.Equal(1, _received);

        _inner.Incoming = 0;
        Assert.Equal(0, await _gate.ReadAsync(new byte[10]));
        Assert.Equal(0, await _gate.ReadAsync(Memory<byte>.Empty));

        Assert.Equal(1, _received);
    }

    [Fact]
    public async Task Behind_a_header_without_a_mask_come_as_many_zeros_as_the_longest_has_bytes_and_then_what_is_read()
    {
        _inner.Incoming = 2;
        Assert.Equal(2, await _gate.ReadAsync((byte[])[0x89, 0x00]));

        var padding = Enumerable.Repeat((byte)1, 20).ToArray();
        Assert.Equal(4, await _gate.ReadAsync(padding.AsMemory(0, 4)));
        Assert.Equal(8, await _gate.ReadAsync(padding.AsMemory(4)));
        Assert.Equal([.. new byte[12], .. Enumerable.Repeat((byte)1, 8)], padding);
        Assert.Equal(2, await _gate.ReadAsync(new byte[10]));
        Assert.Equal(2, await _gate.ReadAsync(new byte[10]));
    }

    void IGateOwner.Received() => _received++;

    void IGateOwner.Abort()
    {
    }

    private sealed class SlowStream : MemoryStream
    {
        private TaskCompletionSource? _blocked;
        private Exception? _failure;
        private int _atOnce;

        public List<string> Writes { get; } = [];

        public int MostAtOnce { get; private set; }

        public int Incoming { get; set; }

        public void Block() => _blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Unblock() => Interlocked.Exchange(ref _blocked, null)?.SetResult();

        public void Fail(Exception? failure)
        {
            _failure = failure;
            Interlocked.Exchange(ref _blocked, null)?.SetException(failure!);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Incoming);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
            try
            {
                if (_failure is not null)
                {
                    throw _failure;
                }

                Writes.Add(Convert.ToHexString(buffer.Span));
                if (_blocked is { } blocked)
                {
                    await blocked.Task;
                }
                else if (Writes.Count % 5 == 0)
                {
                    await Task.Yield();
                }
            }
            finally
            {
                Interlocked.Decrement(ref _atOnce);
            }
        }
    }
}
