using System.Net;
using System.Net.Sockets;
using PushNet.Actors.Wire;

namespace PushNet.Bench.Load;

/// <summary>Thousands of clients in one process, read by one thread through one large buffer.</summary>
internal sealed class LoadClient : IDisposable
{
    // A client across a network has this segment size. Loopback's own lets the kernel hoard megabytes per socket, which hides stalls.
    private const int EthernetSegment = 1460;
    private const int TcpMaxSegment = 2;
    private const int BindAddressNoPort = 24;
    private const int ConnectionsPerAddress = 20_000;
    private const int ReceiveBytes = 128 * 1024;
    private static readonly TimeSpan LongestNap = TimeSpan.FromMicroseconds(250);
    private static readonly TimeSpan NapPerSocket = TimeSpan.FromMicroseconds(1);
    private static readonly TimeSpan SlowTick = TimeSpan.FromMilliseconds(20);

    private readonly Epoll _epoll = new();
    private readonly LoadConnection[] _connections;
    private readonly List<Socket> _sockets = [];
    private readonly List<LoadConnection> _slow = [];
    private readonly Thread _reader;
    private readonly IReadOnlyList<IPEndPoint> _servers;
    private readonly LoadOptions _options;
    private readonly Schedule _schedule;
    private volatile bool _stopping;

    public LoadClient(IReadOnlyList<IPEndPoint> servers, LoadOptions options, Schedule schedule)
    {
        (_servers, _options, _schedule, _connections) = (servers, options, schedule, new LoadConnection[options.Connections]);
        _reader = new Thread(Read) { IsBackground = true, Name = "load client" };
        _reader.Start();
    }

    public LoadStats Stats { get; } = new();

    /// <summary>Opens all connections, a bounded number at once, and waits until they are in the stream.</summary>
    public async Task ConnectAsync()
    {
        var channels = _servers.SelectMany(server => Enumerable.Repeat((server, "odds"), _options.Odds)
            .Concat(Enumerable.Repeat((server, "live"), _options.Live))).ToList();
        var sampleEvery = Math.Max(1, channels.Count / _options.Sampled);
        var stalledEvery = _options.StalledShare > 0 ? (int)(1 / _options.StalledShare) : int.MaxValue;
        var slowEvery = _options.SlowShare > 0 ? (int)(1 / _options.SlowShare) : int.MaxValue;
        var expected = 0;
        await Task.Run(
            () => Parallel.ForEach(channels.Index(), new ParallelOptions { MaxDegreeOfParallelism = _options.ConnectAtOnce }, item =>
        {
            var (index, (server, channel)) = item;
            var stalls = index % stalledEvery == stalledEvery - 1;
            var slow = !stalls && index % slowEvery == slowEvery - 1;
            var socket = Open(server, index, channel, stalls || slow);
            if (stalls)
            {
                return;
            }

            Interlocked.Increment(ref expected);
            var isSampled = !slow && index % sampleEvery == 0;
            var order = _options.Conflate > 0 && channel == "odds" ? SeqOrder.PerOutcome : channel == "odds"
                ? SeqOrder.Gapless : SeqOrder.Growing;
            var connection = new LoadConnection((int)socket.Handle, _options.Protocol, Stats, _schedule, isSampled, order)
            {
                IsEventStream = _options.IsEventStream(index),
                Inflater = isSampled && _options.Deflates(index) && !_options.IsEventStream(index) ? new MessageInflater() : null,
            };
            if (slow)
            {
                lock (_slow)
                {
                    _slow.Add(connection);
                }
            }
            else
            {
                _connections[index] = connection;
                _epoll.Watch(connection.Socket, index);
            }
        }));
        await UntilAsync(() => Stats.Joined + Stats.Lost >= expected, TimeSpan.FromSeconds(60));
    }

    /// <summary>Waits for a condition, and gives up after a time.</summary>
    public static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan longest)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var begin = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begin) < longest;)
        {
            if (condition())
            {
                return true;
            }

            await timer.WaitForNextTickAsync();
        }

        return condition();
    }

    public void Dispose()
    {
        _stopping = true;
        _reader.Join();
        foreach (var socket in _sockets)
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }

        foreach (var connection in _connections)
        {
            connection?.Inflater?.Dispose();
        }

        _epoll.Dispose();
    }

    private Socket Open(IPEndPoint server, int index, string channel, bool smallBuffer)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpMaxSegment, BitConverter.GetBytes(EthernetSegment));
        if (smallBuffer)
        {
            socket.ReceiveBufferSize = 4096;
        }

        if (IPAddress.IsLoopback(server.Address))
        {
            // Otherwise the kernel looks for a free port at the bind, which takes longer and longer. At the connect it is quick.
            socket.SetRawSocketOption((int)SocketOptionLevel.IP, BindAddressNoPort, BitConverter.GetBytes(1));
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + (index / ConnectionsPerAddress))]), 0));
        }

        // Never asynchronously: .NET would watch the socket from then on, and every write of the server would wake that watch too.
        socket.Connect(server);
        var query = $"key={_options.Key}{_options.QueryOf(index, channel)}";
        socket.Send(_options.IsEventStream(index)
            ? Protocol.EventStreamOf(channel, query) : _options.Protocol.OpeningOf(channel, query, _options.Deflates(index)));
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        return socket;
    }

    private void Read()
    {
        var buffer = GC.AllocateArray<byte>(ReceiveBytes, pinned: true);
        var slowBytes = (int)(_options.SlowBytesPerSecond * SlowTick.TotalSeconds);
        var slowAt = TimeProvider.System.GetTimestamp();
        while (!_stopping)
        {
            // Under load, sleeping for a moment between two rounds saves the server from waking this thread for every single write, which
            // no client across a network could make it do. The sleep counts as latency, and is short when little came.
            var nap = NapPerSocket * _epoll.Wait(10, index => ReceiveOrForget((int)index, buffer));
            ShortSleep.For(nap < LongestNap ? nap : LongestNap);

            if (TimeProvider.System.GetElapsedTime(slowAt) >= SlowTick)
            {
                slowAt = TimeProvider.System.GetTimestamp();
                ReadSlow(buffer, Math.Max(1, slowBytes));
            }
        }
    }

    private void ReadSlow(Span<byte> buffer, int bytesAtMost)
    {
        lock (_slow)
        {
            foreach (var connection in _slow)
            {
                Receive(connection, buffer, bytesAtMost, out _);
            }
        }
    }

    private void ReceiveOrForget(int index, Span<byte> buffer)
    {
        var connection = _connections[index];
        if (!Receive(connection, buffer, ReceiveBytes, out var isEmptied))
        {
            _epoll.Forget(connection.Socket);
            Stats.Lost++;
        }
        else if (!isEmptied)
        {
            _epoll.WatchAgain(connection.Socket, index);
        }
    }

    private static bool Receive(LoadConnection connection, Span<byte> buffer, int bytesAtMost, out bool isEmptied)
    {
        var rest = connection.Unload(buffer);
        var room = buffer.Slice(rest, Math.Min(bytesAtMost, buffer.Length - rest));
        var received = Epoll.Receive(connection.Socket, room);
        isEmptied = received < room.Length;
        return received > 0 && connection.Read(buffer[..(rest + received)]);
    }
}
