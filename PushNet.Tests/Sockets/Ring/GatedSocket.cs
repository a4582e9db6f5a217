using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets.Ring;

/// <summary>A gate on a real pair of sockets.</summary>
internal sealed class GatedSocket : IGateOwner, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _server;

    public GatedSocket(int bufferBytes)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = bufferBytes };
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = bufferBytes };
        Client.Connect(listener.LocalEndPoint!);
        _server = listener.Accept();
        var output = new SocketOutput(_server, new Pipe().Writer);
        Gate = new FrameGate(Stream.Null, output.SendAsync, _server.SafeHandle, this, TimeProvider.System);
    }

    public FrameGate Gate { get; }

    public Socket Client { get; }

    public SafeSocketHandle Handle => _server.SafeHandle;

    /// <summary>True from the moment in which somebody closes the server's side, who may wait for it still.</summary>
    public bool IsDisposed => Record.Exception(() => _server.Available) is ObjectDisposedException;

    public bool IsAborted { get; private set; }

    public void CloseServer() => _server.Dispose();

    /// <summary>Makes the next sends fail.</summary>
    public void Reset()
    {
        Client.LingerState = new LingerOption(true, 0);
        Client.Dispose();
        _server.Poll(Patience, SelectMode.SelectRead);
    }

    public async Task<byte[]> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var received = await Client.ReceiveAsync(bytes.AsMemory(at)).AsTask().WaitAsync(Patience);
            Assert.True(received > 0, $"the stream ended after {at} of {count} bytes");
            at += received;
        }

        return bytes;
    }

    public void Dispose()
    {
        Client.Dispose();
        _server.Dispose();
    }

    void IGateOwner.Received()
    {
    }

    void IGateOwner.Abort()
    {
        IsAborted = true;
        _server.Dispose();
    }
}
