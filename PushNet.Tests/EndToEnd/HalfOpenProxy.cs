using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PushNet.Tests.EndToEnd;

/// <summary>
/// A network that forgets connections, as a NAT or a firewall does, between clients on a TCP port and a server.
/// A forgotten connection stays open toward the server, which hears nothing of it any more.
/// </summary>
internal sealed class HalfOpenProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint _server;
    private readonly ConcurrentBag<Link> _links = [];
    private volatile bool _isAway;

    public HalfOpenProxy(EndPoint server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The port that clients connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The address that clients connect to, as settings of a connection string.</summary>
    public string Address => $"Host=127.0.0.1;Port={Port}";

    /// <summary>While true, nothing gets through, and connections that try are forgotten.</summary>
    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <summary>Forgets the current connections. Nobody hears of it, and nothing gets through.</summary>
    public void Forget()
    {
        foreach (var link in _links)
        {
            link.IsForgotten = true;
        }
    }

    /// <summary>Forgets them, and ends them on the clients' side.</summary>
    public void Cut()
    {
        Forget();
        foreach (var link in _links)
        {
            link.Client.Dispose();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var link in _links)
        {
            link.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                var server = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
                await server.ConnectAsync(_server);
                var link = new Link(client, server);
                _links.Add(link);
                _ = PumpAsync(client, server, link);
                _ = PumpAsync(server, client, link);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Link link)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                link.IsForgotten |= IsAway;
                if (!link.IsForgotten)
                {
                    await to.SendAsync(buffer.AsMemory(0, read));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It ended.
        }

        if (!link.IsForgotten)
        {
            link.Dispose();
        }
    }

    private sealed record Link(Socket Client, Socket Server) : IDisposable
    {
        public volatile bool IsForgotten;

        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
