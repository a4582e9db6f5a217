using System.IO.Pipelines;
using System.Net.Sockets;

namespace PushNet.Tests.Sockets;

/// <summary>The ends of an output, and sends past its buffer.</summary>
public sealed class SocketOutputEndTests : SocketOutputTest
{
    [Fact]
    public async Task A_peer_that_reset_makes_flushes_say_completed_and_writes_go_nowhere()
    {
        Client.LingerState = new LingerOption(true, 0);
        Client.Dispose();

        var result = default(FlushResult);
        for (var i = 0; i < 1000 && !result.IsCompleted; i++)
        {
            result = await Output.WriteAsync(new byte[10_000]);
        }

        Assert.True(result.IsCompleted);
        Assert.True((await Output.WriteAsync(new byte[10])).IsCompleted);
        await Assert.ThrowsAsync<IOException>(async () => await Output.SendAsync(new byte[10]));
    }

    [Fact]
    public async Task Complete_sends_what_was_written_and_only_then_completes_the_replaced_output()
    {
        var bytes = Much();
        var flush = Output.WriteAsync(bytes).AsTask();
        Output.CancelPendingFlush();
        await flush;
        Behind.CopyTo(Output.GetMemory(Behind.Length));
        Output.Advance(Behind.Length);

        Output.Complete();

        var ended = Replaced.Reader.ReadAsync().AsTask();
        Assert.False(ended.IsCompleted);
        byte[] expected = [.. bytes, .. Behind];
        Assert.Equal(expected, await ReceiveAsync(bytes.Length + Behind.Length));
        Assert.True((await ended.WaitAsync(Patience)).IsCompleted);
    }

    [Fact]
    public async Task Complete_beside_a_pending_flush_waits_for_all_that_the_flush_sends()
    {
        var bytes = Much();
        var flush = Output.WriteAsync(bytes).AsTask();
        Output.CancelPendingFlush();
        await flush;
        var pending = Output.WriteAsync(bytes).AsTask();

        Output.Complete();

        var ended = Replaced.Reader.ReadAsync().AsTask();
        await ReceiveAsync(bytes.Length + 1);
        Assert.False(ended.IsCompleted);
        await ReceiveAsync(bytes.Length - 1);
        Assert.True((await ended.WaitAsync(Patience)).IsCompleted);
        Assert.False((await pending.WaitAsync(Patience)).IsCanceled);
    }

    [Fact]
    public async Task An_output_that_is_broken_off_sends_nothing_more_however_often_it_is_completed()
    {
        Behind.CopyTo(Output.GetMemory(Behind.Length));
        Output.Advance(Behind.Length);

        await Output.CompleteAsync(new IOException("broken off"));
        await Output.CompleteAsync();

        await Assert.ThrowsAsync<IOException>(async () => await Replaced.Reader.ReadAsync());
        Server.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await Client.ReceiveAsync(new byte[1]).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_direct_send_that_is_under_way_fails_when_the_peer_resets()
    {
        var send = Output.SendAsync(Much()).AsTask();
        Assert.False(send.IsCompleted);

        Client.LingerState = new LingerOption(true, 0);
        Client.Dispose();

        await Assert.ThrowsAsync<IOException>(() => send.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_direct_send_ends_when_the_socket_took_all_of_it()
    {
        var bytes = Much();
        var send = Output.SendAsync(bytes).AsTask();
        Assert.False(send.IsCompleted);

        Assert.Equal(bytes, await ReceiveAsync(bytes.Length));

        await send.WaitAsync(Patience);
    }
}
