using System.Text;
using PushNet.Actors.Subscribers;
using PushNet.Tests.Fuzz;
using PushNet.Web.Security;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Sockets;

public sealed class EventStreamSocketTests
{
    private readonly SettableTime _time = new();
    private readonly StringBuilder _written = new();
    private readonly EventStreamSocket _socket;
    private Task _taken = Task.CompletedTask;

    public EventStreamSocketTests()
    {
        var transport = new Transport(Stream.Null, null, null, Write, new NoEnd(), CancellationToken.None);
        var secret = new HashedSecret([], null, new ApiKey(null, "reader", [KeyScope.Live], default));
        _socket = new EventStreamSocket(new SocketSetup(
            1, transport, secret, KeyScope.Live, null, new SocketOptions { CloseTimeout = TimeSpan.FromSeconds(5) },
            new KeepAliveOptions { Interval = TimeSpan.FromSeconds(30), Timeout = TimeSpan.FromSeconds(60) }, _time));
    }

    [Fact]
    public void A_comment_comes_every_15_seconds_and_a_client_that_never_says_anything_lives()
    {
        for (var second = 1; second <= 300; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(_socket.Sweep());
            Assert.Equal(second / 15 * ":\n\n".Length, _written.Length);
        }
    }

    [Fact]
    public void A_client_that_takes_nothing_for_60_seconds_is_ended()
    {
        var taken = new TaskCompletionSource();
        _taken = taken.Task;
        Sweep(seconds: 15 + 60);
        Assert.Null(_socket.EndedBy);

        Sweep(seconds: 1);

        Assert.Equal("stalled", _socket.EndedBy);
    }

    [Fact]
    public async Task Nothing_follows_the_close()
    {
        _socket.Close(CloseCodes.TryAgainLater, "too large");
        _socket.EndWithKey("the key was revoked");
        await _socket.WriteAsync(Given.Event(1).Frame);

        Assert.Equal("event: closed\ndata: {\"code\":1013,\"reason\":\"too large\"}\n\n", $"{_written}");
    }

    private void Sweep(int seconds)
    {
        for (; seconds > 0; seconds--)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _socket.Sweep();
        }
    }

    private ValueTask Write(ReadOnlyMemory<byte> bytes)
    {
        _written.Append(Encoding.UTF8.GetString(bytes.Span));
        return new ValueTask(_taken);
    }
}
