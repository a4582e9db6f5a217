using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>
/// Many clients of <c>/ws/odds</c> that read as fast as one thread of their own can, and count frames instead of parsing them. Their
/// own cost must not be what is measured.
/// </summary>
internal sealed class CountingClients : IDisposable
{
    private readonly List<Counted> _clients = [];
    private readonly Thread _reading;
    private volatile bool _isClosed;

    private CountingClients(IEnumerable<RawClient> joined)
    {
        _clients.AddRange(joined.Select(client => new Counted(client)));
        _reading = new Thread(Read) { IsBackground = true };
        _reading.Start();
    }

    /// <summary>Deltas that every client has by now: the smallest count of all.</summary>
    public long Deltas => _clients.Min(client => Interlocked.Read(ref client.Deltas));

    /// <summary>Events that were dropped for any of them, by <c>lagged</c> frames.</summary>
    public long Dropped => _clients.Sum(client => Interlocked.Read(ref client.Dropped));

    /// <summary>Events that every client has or was told of as dropped: the smallest count of all.</summary>
    public long Accounted => _clients.Min(client => Interlocked.Read(ref client.Deltas) + Interlocked.Read(ref client.Dropped));

    /// <summary>How many deltas a client had before its last state event: the largest count of all.</summary>
    public long StateAt => _clients.Max(client => Interlocked.Read(ref client.StateAt));

    public static async Task<CountingClients> JoinAsync(PushServer server, int count)
    {
        var joined = new List<RawClient>();
        for (var i = 0; i < count; i++)
        {
            joined.Add(await (await server.ConnectAsync()).JoinAsync("odds"));
        }

        return new CountingClients(joined);
    }

    public void Dispose()
    {
        _isClosed = true;
        _reading.Join();
        _clients.ForEach(client => client.Client.Dispose());
    }

    private void Read()
    {
        var bySocket = _clients.ToDictionary(client => client.Client.Socket);
        while (!_isClosed)
        {
            var readable = bySocket.Keys.ToList();
            Socket.Select(readable, null, null, TimeSpan.FromMilliseconds(50));
            foreach (var socket in readable)
            {
                bySocket[socket].Receive();
            }
        }
    }

    private sealed class Counted(RawClient client)
    {
        public long Deltas;
        public long Dropped;
        public long StateAt;
        private readonly byte[] _buffer = new byte[256 * 1024];
        private int _kept;

        public RawClient Client => client;

        public void Receive()
        {
            var length = _kept + client.Socket.Receive(_buffer.AsSpan(_kept));
            var rest = _buffer.AsSpan(0, length);
            while (PayloadOf(rest) is { } payload && payload.End.Value <= rest.Length)
            {
                Count(rest[payload]);
                rest = rest[payload.End.Value..];
            }

            rest.CopyTo(_buffer);
            _kept = rest.Length;
        }

        private static Range? PayloadOf(ReadOnlySpan<byte> bytes) => bytes switch
        {
            [_, 126, var high, var low, ..] => 4..(4 + ((high << 8) | low)),
            [_, 127, ..] when bytes.Length >= 10 => 10..(10 + (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
            [_, < 126 and var length, ..] => 2..(2 + length),
            _ => null,
        };

        private void Count(ReadOnlySpan<byte> payload)
        {
            if (payload.StartsWith("{\"type\":\"lagged\""u8))
            {
                Interlocked.Add(ref Dropped, JsonDocument.Parse(payload.ToArray()).RootElement.GetProperty("dropped").GetInt64());
                return;
            }

            if (!payload.StartsWith("{\"type\":\"price_change\""u8))
            {
                Interlocked.Exchange(ref StateAt, Deltas);
            }

            Interlocked.Increment(ref Deltas);
        }
    }
}
