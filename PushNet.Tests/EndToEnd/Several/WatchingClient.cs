using System.Net.Sockets;
using System.Text;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>A client of one server: checks that the numbers of its frames rise by one, and keeps what the frames say.</summary>
internal sealed class WatchingClient : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, List<string>> _frames = [];
    private readonly RawClient _client;
    private readonly Task _watching;
    private long _heardAt = TimeProvider.System.GetTimestamp();
    private TimeSpan _longestGap;

    private WatchingClient(RawClient client, long seq)
    {
        (_client, Seq) = (client, seq);
        _watching = WatchAsync();
    }

    /// <summary>The last number.</summary>
    public long Seq { get; private set; }

    /// <summary>Why it stopped watching; null while it watches, or when the connection just ended.</summary>
    public string? Fault { get; private set; }

    /// <summary>True when the server closed the connection, or was killed.</summary>
    public bool IsOver => _watching.IsCompleted;

    public static async Task<WatchingClient> JoinAsync(Uri server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server.Host, server.Port);
        var client = new RawClient(socket, server.Authority);
        Assert.StartsWith("HTTP/1.1 101 ", await client.RequestAsync(client.Handshake("odds", $"{PushServer.Key}&compress=off")));
        Assert.Equal("welcome", (await client.ReadFrameAsync())!.Type);
        return new WatchingClient(client, (await client.ReadFrameAsync())!.Json.GetProperty("seq").GetInt64());
    }

    /// <summary>The longest time without a frame since the last call.</summary>
    public TimeSpan TakeLongestGap()
    {
        lock (_gate)
        {
            var silence = TimeProvider.System.GetElapsedTime(_heardAt);
            var longest = silence > _longestGap ? silence : _longestGap;
            _longestGap = TimeSpan.Zero;
            return longest;
        }
    }

    /// <summary>Checks that the frames with numbers that both saw are the same.</summary>
    /// <returns>How many there are.</returns>
    public int AssertSameAs(WatchingClient other)
    {
        lock (_gate)
        {
            lock (other._gate)
            {
                var both = _frames.Keys.Intersect(other._frames.Keys).ToList();
                Assert.All(both, seq => Assert.Equal(_frames[seq], other._frames[seq]));
                return both.Count;
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task WatchAsync()
    {
        try
        {
            while (Fault is null && await _client.ReadFrameAsync() is { Opcode: RawFrame.Text or RawFrame.Ping } frame)
            {
                if (frame.Opcode == RawFrame.Ping)
                {
                    await _client.SendFrameAsync(0x80 | RawFrame.Pong, frame.Payload);
                    continue;
                }

                Take(frame);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The server was killed.
        }
    }

    private void Take(RawFrame frame)
    {
        var json = frame.Json;
        if (json.GetProperty("type").GetString() is "snapshot" or "lagged" or "feed")
        {
            Fault = $"was sent {json.GetProperty("type")} after {Seq}";
            return;
        }

        if (!json.TryGetProperty("seq", out var number))
        {
            return;
        }

        lock (_gate)
        {
            var (seq, gap) = (number.GetInt64(), TimeProvider.System.GetElapsedTime(_heardAt));
            Fault = seq == Seq || seq == Seq + 1 ? null : $"{seq} follows {Seq}";
            (Seq, _heardAt, _longestGap) = (seq, TimeProvider.System.GetTimestamp(), gap > _longestGap ? gap : _longestGap);
            if (!_frames.TryGetValue(seq, out var texts))
            {
                _frames[seq] = texts = [];
            }

            texts.Add(Encoding.UTF8.GetString(frame.Payload));
        }
    }
}
