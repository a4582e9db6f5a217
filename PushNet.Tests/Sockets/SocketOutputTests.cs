using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using CsCheck;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

/// <summary>The contract of a <see cref="PipeWriter"/>, on a real pair of sockets.</summary>
public sealed class SocketOutputTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly byte[] Behind = "behind it"u8.ToArray();

    private readonly Socket _server;
    private readonly Socket _client;
    private readonly Pipe _replaced = new();
    private readonly SocketOutput _output;

    public SocketOutputTests()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = 8192 };
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8192 };
        _client.Connect(listener.LocalEndPoint!);
        _server = listener.Accept();
        _output = new SocketOutput(_server, _replaced.Writer);
    }

    [Fact]
    public async Task Random_pieces_arrive_whole_and_in_order() =>
        await Gen.Select(Gen.Int[1, 9000], Gen.Int[0, 9000], Gen.Bool).Array[1, 20].SampleAsync(
            async pieces =>
            {
                var sent = new List<byte>();
                var receiving = ReceiveAsync(pieces.Sum(piece => piece.Item1));
                foreach (var (length, hint, flush) in pieces)
                {
                    for (var left = length; left > 0;)
                    {
                        var memory = _output.GetMemory(Math.Min(hint, left));
                        Assert.True(memory.Length >= Math.Max(1, Math.Min(hint, left)));
                        var count = Math.Min(left, memory.Length);
                        Random.Shared.NextBytes(memory.Span[..count]);
                        sent.AddRange(memory.Span[..count]);
                        _output.Advance(count);
                        left -= count;
                    }

                    if (flush)
                    {
                        Assert.False((await _output.FlushAsync()).IsCanceled);
                    }
                }

                await _output.FlushAsync();
                Assert.Equal(0, _output.UnflushedBytes);
                Assert.Equal(sent, await receiving);
            },
            iter: 50,
            threads: 1);

    [Fact]
    public async Task A_flush_waits_for_a_reader_that_does_not_read()
    {
        var bytes = new byte[4_000_000];
        var flush = _output.WriteAsync(bytes).AsTask();
        Assert.False(flush.IsCompleted);

        Assert.Equal(bytes, await ReceiveAsync(bytes.Length));

        Assert.False((await flush.WaitAsync(Patience)).IsCanceled);
    }

    [Fact]
    public async Task A_cancelled_flush_ends_at_once_and_nothing_is_lost_or_sent_twice()
    {
        var first = Enumerable.Range(0, 4_000_000).Select(i => (byte)i).ToArray();
        var flush = _output.WriteAsync(first).AsTask();

        _output.CancelPendingFlush();

        Assert.True((await flush.WaitAsync(Patience)).IsCanceled);
        var second = _output.WriteAsync(Behind).AsTask();
        byte[] expected = [.. first, .. Behind];
        Assert.Equal(expected, await ReceiveAsync(first.Length + Behind.Length));
        Assert.False((await second.WaitAsync(Patience)).IsCanceled);
    }

    [Fact]
    public async Task A_cancel_without_a_flush_cancels_the_next_one_only()
    {
        _output.CancelPendingFlush();

        Assert.True((await _output.WriteAsync("a"u8.ToArray())).IsCanceled);
        Assert.False((await _output.FlushAsync()).IsCanceled);
        Assert.Equal("a"u8.ToArray(), await ReceiveAsync(1));
    }

    [Fact]
    public async Task A_cancelled_token_throws_and_keeps_the_bytes()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _output.WriteAsync("a"u8.ToArray(), new CancellationToken(true)));

        await _output.FlushAsync();
        Assert.Equal("a"u8.ToArray(), await ReceiveAsync(1));
    }

    [Fact]
    public void To_advance_too_far_is_an_error()
    {
        var memory = _output.GetMemory(10);

        Assert.Throws<ArgumentOutOfRangeException>(() => _output.Advance(memory.Length + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _output.Advance(-1));
    }

    [Fact]
    public async Task A_peer_that_reset_makes_flushes_say_completed_and_writes_go_nowhere()
    {
        _client.LingerState = new LingerOption(true, 0);
        _client.Dispose();

        var result = default(FlushResult);
        for (var i = 0; i < 1000 && !result.IsCompleted; i++)
        {
            result = await _output.WriteAsync(new byte[10_000]);
        }

        Assert.True(result.IsCompleted);
        Assert.True((await _output.WriteAsync(new byte[10])).IsCompleted);
        await Assert.ThrowsAsync<IOException>(async () => await _output.SendAsync(new byte[10]));
    }

    [Fact]
    public async Task Complete_sends_what_was_written_and_only_then_completes_the_replaced_output()
    {
        var bytes = new byte[4_000_000];
        var flush = _output.WriteAsync(bytes).AsTask();
        _output.CancelPendingFlush();
        await flush;
        Behind.CopyTo(_output.GetMemory(Behind.Length));
        _output.Advance(Behind.Length);

        _output.Complete();

        var ended = _replaced.Reader.ReadAsync().AsTask();
        Assert.False(ended.IsCompleted);
        byte[] expected = [.. bytes, .. Behind];
        Assert.Equal(expected, await ReceiveAsync(bytes.Length + Behind.Length));
        Assert.True((await ended.WaitAsync(Patience)).IsCompleted);
    }

    [Fact]
    public async Task A_direct_send_ends_when_the_socket_took_all_of_it()
    {
        var bytes = Enumerable.Range(0, 4_000_000).Select(i => (byte)i).ToArray();
        var send = _output.SendAsync(bytes).AsTask();
        Assert.False(send.IsCompleted);

        Assert.Equal(bytes, await ReceiveAsync(bytes.Length));

        await send.WaitAsync(Patience);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private async Task<byte[]> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var received = await _client.ReceiveAsync(bytes.AsMemory(at)).AsTask().WaitAsync(Patience);
            Assert.True(received > 0, $"the stream ended after {at} of {count} bytes");
            at += received;
        }

        return bytes;
    }
}
