using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace PushNet.Bench.Servers;

/// <summary>
/// The server that everybody writes. Each connection has a bounded channel that drops the oldest event, and a loop that awaits one
/// SendAsync per event. If deflate is offered, each connection compresses by itself.
/// </summary>
internal sealed class ChannelBroadcast : IBroadcast
{
    private const int Capacity = 256;

    private readonly ConcurrentDictionary<Channel<ReadOnlyMemory<byte>>, bool> _clients = new();

    public void Map(WebApplication app) => app.MapGet("/ws/{channel}", ServeAsync);

    public ValueTask SendAsync(ReadOnlyMemory<byte> json)
    {
        foreach (var (client, _) in _clients)
        {
            client.Writer.TryWrite(json);
        }

        return ValueTask.CompletedTask;
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { DangerousEnableCompression = true });
        var events = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(Capacity)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        _clients[events] = true;
        try
        {
            await socket.SendAsync("""{"type":"welcome"}"""u8.ToArray(), WebSocketMessageType.Text, true, default);
            await socket.SendAsync("""{"type":"snapshot"}"""u8.ToArray(), WebSocketMessageType.Text, true, default);
            await foreach (var json in events.Reader.ReadAllAsync(context.RequestAborted))
            {
                await socket.SendAsync(json, WebSocketMessageType.Text, true, default);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The client is gone.
        }
        finally
        {
            _clients.TryRemove(events, out _);
        }
    }
}
