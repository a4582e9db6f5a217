using CsCheck;

namespace PushNet.Tests.Sockets;

/// <summary>The contract of a <see cref="System.IO.Pipelines.PipeWriter"/>: writing, flushing, canceling.</summary>
public sealed class SocketOutputTests : SocketOutputTest
{
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
                        var memory = Output.GetMemory(Math.Min(hint, left));
                        Assert.True(memory.Length >= Math.Max(1, Math.Min(hint, left)));
                        var count = Math.Min(left, memory.Length);
                        Random.Shared.NextBytes(memory.Span[..count]);
                        sent.AddRange(memory.Span[..count]);
                        Output.Advance(count);
                        left -= count;
                    }

                    if (flush)
                    {
                        Assert.False((await Output.FlushAsync()).IsCanceled);
                    }
                }

                await Output.FlushAsync();
                Assert.Equal(0, Output.UnflushedBytes);
                Assert.Equal(sent, await receiving);
            },
            iter: 50,
            threads: 1);

    [Fact]
    public async Task A_flush_waits_for_a_reader_that_does_not_read()
    {
        var bytes = Much();
        var flush = Output.WriteAsync(bytes).AsTask();
        Assert.False(flush.IsCompleted);

        Assert.Equal(bytes, await ReceiveAsync(bytes.Length));

        Assert.False((await flush.WaitAsync(Patience)).IsCanceled);
    }

    [Fact]
    public async Task A_cancelled_flush_ends_at_once_and_nothing_is_lost_or_sent_twice()
    {
        var first = Much();
        var flush = Output.WriteAsync(first).AsTask();

        Output.CancelPendingFlush();

        Assert.True((await flush.WaitAsync(Patience)).IsCanceled);
        var second = Output.WriteAsync(Behind).AsTask();
        byte[] expected = [.. first, .. Behind];
        Assert.Equal(expected, await ReceiveAsync(first.Length + Behind.Length));
        Assert.False((await second.WaitAsync(Patience)).IsCanceled);
    }

    [Fact]
    public async Task A_cancel_without_a_flush_cancels_the_next_one_only()
    {
        Output.CancelPendingFlush();

        Assert.True((await Output.WriteAsync("a"u8.ToArray())).IsCanceled);
        Assert.False((await Output.FlushAsync()).IsCanceled);
        Assert.Equal("a"u8.ToArray(), await ReceiveAsync(1));
    }

    [Fact]
    public async Task A_cancelled_token_throws_and_keeps_the_bytes()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Output.WriteAsync("a"u8.ToArray(), new CancellationToken(true)));

        await Output.FlushAsync();
        Assert.Equal("a"u8.ToArray(), await ReceiveAsync(1));
    }

    [Fact]
    public async Task A_cancel_that_comes_with_the_end_of_a_flush_cancels_that_one_or_the_next()
    {
        var bytes = new byte[100_000];
        for (var i = 0; i < 100; i++)
        {
            var flush = Output.WriteAsync(bytes).AsTask();

            var receiving = ReceiveAsync(bytes.Length);
            Output.CancelPendingFlush();

            var cancelled = (await flush.WaitAsync(Patience)).IsCanceled;
            var next = await Output.FlushAsync();
            Assert.NotEqual(cancelled, next.IsCanceled);
            await Output.FlushAsync();
            await receiving;
        }
    }

    [Fact]
    public async Task A_token_that_is_cancelled_ends_a_pending_flush_and_nothing_is_lost_or_sent_twice()
    {
        using var cancel = new CancellationTokenSource();
        var first = Much();
        var flush = Output.WriteAsync(first, cancel.Token).AsTask();
        Assert.False(flush.IsCompleted);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush.WaitAsync(Patience));
        var second = Output.WriteAsync(Behind).AsTask();
        byte[] expected = [.. first, .. Behind];
        Assert.Equal(expected, await ReceiveAsync(expected.Length));
        Assert.False((await second.WaitAsync(Patience)).IsCanceled);
    }

    [Fact]
    public void A_flush_of_nothing_ends_at_once()
    {
        Assert.True(Output.FlushAsync().IsCompletedSuccessfully);
        Assert.Equal(0, Output.UnflushedBytes);
        Assert.True(Output.FlushAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_was_advanced_over_is_unflushed_until_a_flush_takes_it()
    {
        Output.GetSpan(100)[..100].Clear();
        Output.Advance(60);
        Output.Advance(40);
        Assert.Equal(100, Output.UnflushedBytes);

        await Output.FlushAsync();

        Assert.Equal(0, Output.UnflushedBytes);
        Assert.Equal(new byte[100], await ReceiveAsync(100));
    }

    [Fact]
    public void To_advance_too_far_is_an_error()
    {
        var memory = Output.GetMemory(10);

        Assert.Throws<ArgumentOutOfRangeException>(() => Output.Advance(memory.Length + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Output.Advance(-1));
    }
}
