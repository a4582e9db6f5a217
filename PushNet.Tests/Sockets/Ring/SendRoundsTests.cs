using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;
using PushNet.Web.Settings;
using PushNet.Web.Sockets.Ring;

namespace PushNet.Tests.Sockets.Ring;

/// <summary>Batches that go through io_uring, to real sockets.</summary>
public sealed class SendRoundsTests : IDisposable
{
    private const int SmallBuffer = 8192;
    private const int LargeBuffer = 262_144;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly byte[] Ping = [0x89, 0x00];
    private static readonly byte[] Close = [0x88, 0x00];

    private readonly SendRounds _rounds = Rounds("ring");
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<GatedSocket> _sockets = [];

    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
        _rounds.Dispose();
    }

    [RingFact]
    public async Task Every_socket_gets_every_byte_of_every_batch_however_many_there_are()
    {
        var sockets = Enumerable.Range(0, 150).Select(_ => Open(LargeBuffer)).ToList();
        var batches = Enumerable.Range(1, 3).Select(seq => Batch(events: 20, sockets.Count, firstSeq: seq * 1000)).ToList();

        foreach (var batch in batches)
        {
            InRound(round => Assert.All(sockets, socket => Assert.True(socket.Gate.TryPut(batch, round))));
        }

        var expected = batches.SelectMany(batch => batch.Bytes.ToArray()).ToArray();
        foreach (var socket in sockets)
        {
            Assert.Equal(expected, await socket.ReceiveAsync(expected.Length));
        }

        await _drained.Task.WaitAsync(Patience);
    }

    [RingFact]
    public async Task What_does_not_fit_follows_and_the_batch_is_drained_when_it_has()
    {
        var slow = Open(SmallBuffer);
        var quick = Open(LargeBuffer);
        var batch = Batch(events: 20_000, waiting: 2);
        InRound(round =>
        {
            Assert.True(slow.Gate.TryPut(batch, round));
            Assert.True(quick.Gate.TryPut(batch, round));
        });

        Assert.Equal(batch.Bytes.ToArray(), await quick.ReceiveAsync(batch.Bytes.Length));
        Assert.False(_drained.Task.IsCompleted);
        Assert.NotEqual(0, slow.Gate.WritingSince);

        Assert.Equal(batch.Bytes.ToArray(), await slow.ReceiveAsync(batch.Bytes.Length));
        await _drained.Task.WaitAsync(Patience);
        Assert.False(slow.IsAborted);
    }

    [RingFact]
    public async Task What_is_written_behind_a_batch_comes_behind_it()
    {
        var socket = Open(SmallBuffer);
        var batch = Batch(events: 20_000, waiting: 1);
        ValueTask ping = default;
        InRound(round =>
        {
            Assert.True(socket.Gate.TryPut(batch, round));
            Assert.False(socket.Gate.TryPut(batch, round));
            ping = socket.Gate.WriteAsync(Ping);
            Assert.False(ping.IsCompleted);
        });

        byte[] expected = [.. batch.Bytes.Span, .. Ping];
        Assert.Equal(expected, await socket.ReceiveAsync(expected.Length));
        await ping;
    }

    [RingFact]
    public async Task A_peer_that_is_gone_ends_its_own_connection_and_no_other()
    {
        var gone = Open(LargeBuffer);
        var other = Open(LargeBuffer);
        gone.Reset();
        var batch = Batch(events: 5, waiting: 2);
        InRound(round =>
        {
            Assert.True(gone.Gate.TryPut(batch, round));
            Assert.True(other.Gate.TryPut(batch, round));
        });

        Assert.Equal(batch.Bytes.ToArray(), await other.ReceiveAsync(batch.Bytes.Length));
        await _drained.Task.WaitAsync(Patience);
        Assert.True(gone.IsAborted);
        Assert.False(other.IsAborted);
    }

    [RingFact]
    public async Task A_socket_that_is_closed_meanwhile_keeps_its_number_until_the_batch_is_sent()
    {
        var closing = Open(LargeBuffer);
        var batch = Batch(events: 5, waiting: 1);
        GatedSocket? next = null;
        var closed = Task.CompletedTask;
        InRound(round =>
        {
            Assert.True(closing.Gate.TryPut(batch, round));
            closed = Task.Run(closing.CloseServer);
            Assert.True(SpinWait.SpinUntil(() => closing.IsDisposed, Patience));
            next = Open(LargeBuffer);
            Assert.NotEqual(closing.Handle.DangerousGetHandle(), next.Handle.DangerousGetHandle());
        });

        await closed.WaitAsync(Patience);
        await _drained.Task.WaitAsync(Patience);
        Assert.Equal(0, next!.Client.Available);
    }

    [RingFact]
    public async Task A_connection_that_is_ended_in_the_round_is_ended_behind_it()
    {
        var socket = Open(LargeBuffer);
        var batch = Batch(events: 5, waiting: 1);
        InRound(round =>
        {
            Assert.True(socket.Gate.TryPut(batch, round));
            round.Afterwards(socket.CloseServer);
            Assert.False(socket.Handle.IsClosed);
        });

        Assert.True(socket.Handle.IsClosed);
        Assert.Equal(batch.Bytes.ToArray(), await socket.ReceiveAsync(batch.Bytes.Length));
    }

    [RingFact]
    public async Task Nothing_is_put_behind_a_close_frame()
    {
        var socket = Open(LargeBuffer);
        var batch = Batch(events: 1, waiting: 1);
        await socket.Gate.WriteAsync(Close);
        InRound(round =>
        {
            Assert.False(socket.Gate.TryPut(batch, round));
        });

        Assert.Equal(Close, await socket.ReceiveAsync(Close.Length));
        Assert.Equal(0, socket.Client.Available);
    }

    [RingFact]
    public void A_round_within_a_round_is_the_same_round()
    {
        InRound(outer =>
        {
            Assert.Same(outer, WriteRound.Current);
            Assert.Null(_rounds.Begin());
        });

        Assert.Null(WriteRound.Current);
    }

    [Fact]
    public void The_settings_turn_rounds_off()
    {
        using var rounds = Rounds("direct");

        Assert.Null(rounds.Begin());
    }

    private static SendRounds Rounds(string output) =>
        new(new SocketOptions { Output = output }, NullLogger<SendRounds>.Instance);

    private void InRound(Action<WriteRound> put)
    {
        var round = _rounds.Begin()!;
        try
        {
            put(round);
        }
        finally
        {
            round.Send();
        }
    }

    private GatedSocket Open(int bufferBytes)
    {
        var socket = new GatedSocket(bufferBytes);
        _sockets.Add(socket);
        return socket;
    }

    private FrameBatch Batch(int events, int waiting, long firstSeq = 1) =>
        Given.Batch(new FanOutProgress(waiting, () => _drained.TrySetResult()), Given.Events(firstSeq, events));
}
