using System.Buffers;
using System.Text;
using Akka.Actor;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels.Groups;

/// <summary>One random life of a compressed stream and the clients of its group.</summary>
/// <param name="random">What happens.</param>
/// <param name="start">Starts a subscriber.</param>
/// <param name="stop">Stops one.</param>
internal sealed class CompressedStreamRun(Random random, Func<ISubscriberSocket, IActorRef> start, Action<IActorRef> stop) : IDisposable
{
    private const int Steps = 25;
    private const int MostClients = 4;
    private const int LargestBatch = 8;

    private static readonly TimeSpan[] Pauses =
        [default, default, default, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(700), TimeSpan.FromSeconds(5)];

    private readonly FrameEncoder _encoder = new();
    private readonly SnapshotMemory _memory = new(SnapshotMemory.DefaultLimit, TimeProvider.System);
    private readonly CompressedStream _stream = new(Given.Streams(), isPlainGroup: random.Next(4) == 0);
    private readonly List<Client> _clients = [];
    private readonly Dictionary<long, string> _published = [];
    private Moment _now = Given.Now;
    private long _seq;

    /// <summary>Messages that were read.</summary>
    public long Read { get; private set; }

    /// <summary>How many of them were compressed.</summary>
    public long Compressed { get; private set; }

    public void Play()
    {
        Join();
        Join();
        for (var step = 0; step < Steps; step++)
        {
            Step();
        }

        foreach (var client in _clients.ToList())
        {
            client.Socket.Stall(false);
            Leave(client, isComplete: true);
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Socket.Dispose();
        }

        _stream.Dispose();
    }

    private void Step()
    {
        var any = _clients.Count > 0 ? _clients[random.Next(_clients.Count)] : null;
        switch (random.Next(20))
        {
            case < 10:
                Publish(random.Next(1, LargestBatch + 1));
                break;
            case < 12:
                Join();
                break;
            case 12:
                any?.Socket.Stall(true);
                break;
            case 13:
                any?.Socket.Stall(false);
                break;
            case < 16:
                any?.Socket.LetThrough();
                break;
            case 16:
                any?.Subscriber.Tell(new HealingSnapshot(Given.Held(Snapshot(_seq)), _seq));
                break;
            case 17 when any is not null:
                // No newcomer is told this: a snapshot that stands alone, to a client that is in the stream.
                any.Subscriber.Tell(Hello(any.Socket.SharesCompression ? MessageDeflater.StandAlone(Snapshot(_seq), 1) : Snapshot(_seq)));
                break;
            case 18 when any is not null && random.Next(2) == 0:
                Leave(any, isComplete: false);
                break;
            case 18:
                LoseForAll(random.Next(1, 4));
                break;
            default:
                any?.Subscriber.Tell(new Reply(_encoder.Pong(1)), ActorRefs.Nobody);
                break;
        }
    }

    private void Publish(int count)
    {
        _now += Pauses[random.Next(Pauses.Length)];
        EncodedEvent[] events = [.. Enumerable.Range(0, count).Select(_ => NextEvent())];
        var progress = new FanOutProgress(int.MaxValue, () => { });
        var batch = FrameBatch.Join(events, progress, _stream.Compress(events, _clients.Count, progress, _now));
        foreach (var client in _clients)
        {
            client.Subscriber.Tell(batch, ActorRefs.NoSender);
        }
    }

    private EncodedEvent NextEvent()
    {
        var kind = random.Next(5) == 0 ? EventKind.ScoreChange : EventKind.PriceChange;
        var text = $$"""{"type":"{{kind}}","game":"game-{{random.Next(20)}}","price":{{random.Next(100, 999)}},"seq":{{++_seq}}}""";
        _published.Add(_seq, text);
        return Given.Event(_seq, kind) with { Frame = WebSocketFrame.Text(Encoding.UTF8.GetBytes(text)) };
    }

    // This is what an overloaded publisher does.
    private void LoseForAll(int events)
    {
        var lost = DropCounts.None.Plus(Enumerable.Range(0, events).Select(_ => NextEvent()).ToList());
        _stream.CloseEntry();
        foreach (var client in _clients)
        {
            client.Subscriber.Tell(new GroupLagged(_encoder.Lagged(lost, 1), lost));
        }
    }

    private void Join()
    {
        if (_clients.Count == MostClients)
        {
            return;
        }

        var socket = new InflatingSocket(random.Next(4) > 0);
        var client = new Client(socket, start(socket), _seq);
        _clients.Add(client);
        var entry = socket.SharesCompression && random.Next(3) > 0 ? _stream.EntryAt(_now) : null;
        if (socket.SharesCompression)
        {
            _stream.Add(isInStep: entry is not null);
        }

        if (entry is not null)
        {
            client.Subscriber.Tell(Hello(entry.Snapshot.Frame));
            client.Subscriber.Tell(entry.Since);
            return;
        }

        client.Subscriber.Tell(Hello(Snapshot(_seq)));
        if (random.Next(2) == 0)
        {
            using var room = _memory.TryTake(1024)!;
            var snapshot = room.Fill(Snapshot(_seq));
            _stream.Offer(snapshot, _memory, _now);
            snapshot.Release();
        }
    }

    private void Leave(Client client, bool isComplete)
    {
        _clients.Remove(client);
        if (client.Socket.SharesCompression)
        {
            _stream.Remove();
        }

        Read += client.Socket.Texts.Count;
        Compressed += client.Socket.Compressed;
        client.Check(_published, isComplete ? _seq : null);
        stop(client.Subscriber);
        client.Socket.Dispose();
    }

    private static ReadOnlySequence<byte> Snapshot(long seq) => new(WebSocketFrame.Text(Encoding.UTF8.GetBytes(SnapshotText(seq))));

    private static string SnapshotText(long seq) => $$"""{"type":"snapshot","game":"game-1","price":100,"seq":{{seq}}}""";

    private Hello Hello(ReadOnlySequence<byte> snapshot) => new(_encoder.Pong(0), Given.Held(snapshot), ActorRefs.Nobody);

    private sealed record Client(InflatingSocket Socket, IActorRef Subscriber, long JoinedAt)
    {
        /// <summary>Whether it read what it had to.</summary>
        /// <param name="published">Every event.</param>
        /// <param name="lastSeq">The number of the last event when nothing is on its way any more; otherwise null.</param>
        public void Check(IReadOnlyDictionary<long, string> published, long? lastSeq)
        {
            if (Socket.Failure is { } failure)
            {
                throw new InvalidOperationException($"after {Socket.Texts.Count} messages", failure);
            }

            // The first is its welcome, and the second its snapshot.
            var texts = Socket.Texts;
            var last = SeqOf(texts[1]);
            var missing = (lastSeq ?? 0) - last;
            Assert.InRange(last, 0, JoinedAt);
            foreach (var text in texts)
            {
                switch (text)
                {
                    case var _ when text.StartsWith("{\"type\":\"snapshot\"", StringComparison.Ordinal):
                        Assert.Equal(SnapshotText(SeqOf(text)), text);
                        break;
                    case var _ when text.StartsWith("{\"type\":\"lagged\"", StringComparison.Ordinal):
                        missing -= Lost(text);
                        break;
                    case var _ when text.StartsWith("{\"type\":\"pong\"", StringComparison.Ordinal):
                        break;
                    default:
                        Assert.Equal(published[SeqOf(text)], text);
                        Assert.InRange(SeqOf(text), last + 1, long.MaxValue);
                        last = SeqOf(text);
                        missing--;
                        break;
                }
            }

            Assert.True(lastSeq is null || missing == 0, $"{missing} events are missing");
        }

        private static long SeqOf(string text) =>
            long.Parse(text.AsSpan(text.LastIndexOf(':') + 1).TrimEnd('}'), System.Globalization.CultureInfo.InvariantCulture);

        private static long Lost(string lagged)
        {
            using var json = System.Text.Json.JsonDocument.Parse(lagged);
            return json.RootElement.GetProperty("dropped").GetInt64();
        }
    }
}
