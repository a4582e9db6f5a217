using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Sockets.Accepting;

namespace PushNet.Tests.Sockets.Accepting;

public sealed class PatientListenerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly AcceptLimit _limit;
    private readonly PatientListener _listener;

    public PatientListenerTests()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen();
        _limit = new AcceptLimit(_time, NullLogger<AcceptLimit>.Instance);
        var connections = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), NullLogger.Instance);
        _listener = new PatientListener(_socket, connections, noDelay: true, _limit);
    }

    [Fact]
    public async Task Whoever_is_accepted_has_a_place_until_the_connection_ends()
    {
        _limit.Open(5);
        using var client = await ConnectAsync();

        var connection = (await _listener.AcceptAsync())!;

        Assert.Equal(1, _limit.Count);
        Assert.True(connection.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.NoDelay);
        Assert.Equal(client.LocalEndPoint, connection.RemoteEndPoint);
        await connection.DisposeAsync();
        Assert.Equal(0, _limit.Count);
        await _listener.DisposeAsync();
    }

    [Fact]
    public async Task Where_nothing_can_be_accepted_it_tries_again_ten_times_a_second_until_it_is_unbound()
    {
        // As when no file can be opened, each accept fails at once.
        _socket.Shutdown(SocketShutdown.Both);
        var accepting = _listener.AcceptAsync();

        for (var failure = 1; failure <= 5; failure++)
        {
            await Eventually.True(() => Task.FromResult(_limit.Failures >= failure));
            Assert.Equal(failure, _limit.Failures);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await _listener.UnbindAsync();
        Assert.Null(await accepting);
        await _listener.DisposeAsync();
    }

    [Fact]
    public async Task A_newcomer_without_a_place_is_let_go_when_the_address_is_unbound()
    {
        using var client = await ConnectAsync();
        var accepting = _listener.AcceptAsync();

        await _listener.UnbindAsync();

        Assert.Null(await accepting);
        try
        {
            Assert.Equal(0, await client.ReceiveAsync(new byte[1]));
        }
        catch (SocketException)
        {
            // It was still in the kernel's queue, which resets it.
        }

        await _listener.DisposeAsync();
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_listener.EndPoint);
        return client;
    }
}
