using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

/// <summary>An output on a real pair of sockets with small buffers.</summary>
public abstract class SocketOutputTest : IDisposable
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private protected static readonly byte[] Behind = "behind it"u8.ToArray();

    protected SocketOutputTest()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = 8192 };
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8192 };
        Client.Connect(listener.LocalEndPoint!);
        Server = listener.Accept();
        Output = new SocketOutput(Server, Replaced.Writer);
    }

    private protected Socket Server { get; }

    private protected Socket Client { get; }

    /// <summary>What the output stands in for.</summary>
    private protected Pipe Replaced { get; } = new();

    private protected SocketOutput Output { get; }

    /// <summary>More than the kernel's buffers take.</summary>
    private protected static byte[] Much() => [.. Enumerable.Range(0, 4_000_000).Select(i => (byte)i)];

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<byte[]> ReceiveAsync(int count)
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
}
