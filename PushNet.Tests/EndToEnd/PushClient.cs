using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>A client on .NET's own WebSocket, as a user would write one.</summary>
internal sealed class PushClient : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 20];

    private PushClient(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    public JsonElement Welcome { get; private set; }

    public JsonElement Snapshot { get; private set; }

    public long SnapshotSeq => Snapshot.GetProperty("seq").GetInt64();

    public static async Task<PushClient> JoinAsync(
        Uri address, Action<ClientWebSocketOptions>? configure = null, HttpMessageInvoker? invoker = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        configure?.Invoke(socket.Options);
        using var timeout = new CancellationTokenSource(PushServer.Patience);
        await socket.ConnectAsync(address, invoker, timeout.Token);
        var client = new PushClient(socket);
        client.Welcome = await client.ReceiveAsync();
        client.Snapshot = await client.ReceiveAsync();
        return client;
    }

    /// <summary>The next frame.</summary>
    public async Task<JsonElement> ReceiveAsync()
    {
        var text = await ReceiveTextAsync();
        return JsonDocument.Parse(text ?? throw new InvalidOperationException($"the server closed with {Socket.CloseStatus}")).RootElement;
    }

    /// <summary>The next frame as it is; null when the server closed.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        using var timeout = new CancellationTokenSource(PushServer.Patience);
        var length = 0;
        while (true)
        {
            var received = await Socket.ReceiveAsync(_buffer.AsMemory(length), timeout.Token);
            if (received.MessageType is WebSocketMessageType.Close)
            {
                return null;
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                return Encoding.UTF8.GetString(_buffer, 0, length);
            }
        }
    }

    /// <summary>Reads up to the first frame of a type.</summary>
    public async Task<JsonElement> ReceiveUntilAsync(string type)
    {
        while (true)
        {
            var frame = await ReceiveAsync();
            if (frame.GetProperty("type").GetString() == type)
            {
                return frame;
            }
        }
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] message, WebSocketMessageType type) =>
        Socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);

    public void Dispose() => Socket.Dispose();
}
