using System.Net;
using System.Net.Sockets;
using PushNet.Actors.Wire;
using PushNet.Bench.Load;

namespace PushNet.Bench.Soak;

/// <summary>One client that joins, stays for some seconds, leaves in one of several ways, and comes back as a different one.</summary>
internal sealed class ChurningClient(IPEndPoint server, LoadOptions options, Schedule schedule, LoadStats stats, Random random, int index)
{
    private const double LongestStaySeconds = 20;
    private const int SlowBytes = 1024;
    private const int SmallBuffer = 4096;
    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RefusedPause = TimeSpan.FromSeconds(1);
    private static readonly byte[] CloseFrame = [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8];
    private static readonly byte[] UnmaskedPing = [0x89, 0x00];

    private readonly Pace _pace = (index % 10) switch { 0 => Pace.None, 1 or 2 => Pace.Slow, _ => Pace.Full };
    private Socket? _socket;
    private LoadConnection? _connection;
    private TimeSpan _until;
    private TimeSpan _readAt;

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    /// <summary>Does what is due.</summary>
    /// <param name="buffer">The buffer to read into; larger than any frame.</param>
    public void RunDue(byte[] buffer)
    {
        var now = Now;
        if (_socket is null)
        {
            if (now >= _until)
            {
                Join(now);
            }
        }
        else if (now >= _until)
        {
            Leave();
        }
        else if (now >= _readAt && !Read(buffer, now))
        {
            stats.Lost++;
            Reset();
            _until = now + RefusedPause;
        }
    }

    /// <summary>Leaves with a close frame, a reset, something that the protocol forbids, or nothing. Comes back at the next turn.</summary>
    public void Leave()
    {
        if (_socket is null)
        {
            return;
        }

        switch (random.Next(4))
        {
            case 0:
                Send(CloseFrame);
                break;
            case 1:
                Send(UnmaskedPing);
                break;
            case 2:
                _socket.LingerState = new LingerOption(true, 0);
                break;
        }

        Reset();
        _until = TimeSpan.Zero;
    }

    private void Join(TimeSpan now)
    {
        var (channel, asks, order) = Asks();
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (_pace is not Pace.Full)
        {
            _socket.ReceiveBufferSize = SmallBuffer;
        }

        // Merged prices wait on purpose, and a slow reader's data waits for its client. Neither says how late the server is.
        var isSampled = _pace is Pace.Full && order is not SeqOrder.PerOutcome;
        var deflates = random.Next(2) == 0;
        _connection = new LoadConnection((int)_socket.Handle, options.Protocol, stats, schedule, isSampled, order)
        {
            Inflater = deflates ? new MessageInflater() : null,
        };
        _until = now + TimeSpan.FromSeconds(random.NextDouble() * LongestStaySeconds);
        _readAt = _pace is Pace.None ? TimeSpan.MaxValue : now;
        try
        {
            _socket.Connect(server);
            _socket.Send(options.Protocol.OpeningOf(channel, $"key={options.Key}{asks}", deflates));
            _socket.Blocking = false;
        }
        catch (SocketException)
        {
            stats.Lost++;
            Reset();
            _until = now + RefusedPause;
        }
    }

    // A client with merged prices tells nothing about the order of seq, and prices in snapshots make a join most expensive.
    private (string Channel, string Asks, SeqOrder Order) Asks() => random.Next(8) switch
    {
        0 => ("live", "", SeqOrder.Growing),
        1 => ("live", $"&game=bench-game-{random.Next(options.Games)}", SeqOrder.Growing),
        2 => ("odds", $"&league={FeedLines.League}", SeqOrder.Growing),
        3 => ("odds", $"&game=bench-game-{random.Next(options.Games)}", SeqOrder.Growing),
        4 => ("odds", $"&book=book-{random.Next(10)}&prices=snapshot", SeqOrder.Growing),
        5 => ("odds", "&conflate=250", SeqOrder.PerOutcome),
        6 => ("odds", "&conflate=1000&prices=snapshot", SeqOrder.PerOutcome),
        _ => ("odds", "", SeqOrder.Gapless),
    };

    private bool Read(byte[] buffer, TimeSpan now)
    {
        var rest = _connection!.Unload(buffer);
        var room = _pace is Pace.Slow ? Math.Min(SlowBytes, buffer.Length - rest) : buffer.Length - rest;
        var received = _socket!.Receive(buffer.AsSpan(rest, room), SocketFlags.None, out var error);
        if (error is SocketError.WouldBlock)
        {
            return true;
        }

        _readAt = _pace is Pace.Slow ? now + SlowPause : now;
        return error is SocketError.Success && received > 0 && _connection.Read(buffer.AsSpan(0, rest + received));
    }

    private void Send(byte[] bytes) => _socket!.Send(bytes, SocketFlags.None, out _);

    private void Reset()
    {
        _socket?.Dispose();
        _connection?.Inflater?.Dispose();
        (_socket, _connection) = (null, null);
    }

    private enum Pace
    {
        Full,
        Slow,
        None,
    }
}
