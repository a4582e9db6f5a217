using System.Buffers.Binary;
using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Tests.EndToEnd;
using PushNet.Web.Security;
using PushNet.Web.Security.Keys;
using PushNet.Web.Settings;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Fuzz;

/// <summary>Random frame streams through the reader of a connection, without a network.</summary>
[Collection(Alone.Name)]
public sealed class ReaderFuzzTests : ActorTest
{
    private const int Streams = 200_000;
    private const long HeapSlack = 4 * 1024 * 1024;

    private static readonly SocketOptions Options = new() { Writer = "gate", CloseTimeout = PushServer.Patience };
    private static readonly KeepAliveOptions KeepAlive = new() { Interval = TimeSpan.FromHours(1), Timeout = TimeSpan.FromHours(1) };

    private static readonly HashedSecret Secret = new([], null, new ApiKey(null, "fuzz", [KeyScope.Live], default));

    [Fact]
    public async Task No_stream_breaks_the_reader_and_none_leaves_anything_behind()
    {
        var half = Fuzz.Of(Streams) / 2;

        await ReadAll(0, half);
        var afterFirst = Fuzz.HeldBytes();
        await ReadAll(half, half);
        var afterSecond = Fuzz.HeldBytes();

        Assert.InRange(afterSecond, 0, afterFirst + HeapSlack);
    }

    // On two threads: what a stream leaves behind is counted when all have ended.
    private Task ReadAll(int first, int count) => Task.WhenAll(
        Task.Run(() => ReadEach(first, count / 2)), Task.Run(() => ReadEach(first + (count / 2), count - (count / 2))));

    private async Task ReadEach(int first, int count)
    {
        var current = new Answering.Line();
        var subscriber = Sys.ActorOf(Props.Create(() => new Answering(current)));
        for (var i = first; i < first + count; i++)
        {
            await Read(i, current, subscriber);
        }

        Sys.Stop(subscriber);
    }

    private static async Task Read(int @case, Answering.Line current, IActorRef subscriber)
    {
        var random = Fuzz.RandomOf(@case);
        var sent = FrameStreams.Make(random);
        var stream = new ScriptedStream(sent, random);
        var transport = new Transport(stream, null, null, bytes => stream.WriteAsync(bytes), new NoEnd(), CancellationToken.None)
        {
            SharesCompression = random.Next(2) == 0,
        };
        var socket = new MessageSocket(
            new SocketSetup(@case, transport, Secret, KeyScope.Live, null, Options, KeepAlive, TimeProvider.System));
        current.Socket = socket;
        try
        {
            await new ClientReader(socket, subscriber, TimeProvider.System).RunAsync(CancellationToken.None).WaitAsync(PushServer.Patience);
        }
        catch (Exception e) when (PushSocket.IsConnectionLoss(e))
        {
            // As the endpoint takes it: the stream ended too early.
        }
        catch (Exception e)
        {
            Assert.Fail($"case {@case} of seed {Fuzz.Seed}: {e}\nThe client sent {Convert.ToHexString(sent)}");
        }

        socket.End();
        Assert.True(IsWellFormed(stream.Written), $"case {@case} of seed {Fuzz.Seed}: the server sent "
            + $"{Convert.ToHexString(stream.Written)}\nThe client sent {Convert.ToHexString(sent)}");
    }

    /// <summary>
    /// Whole, unmasked frames of known opcodes, and behind a close frame nothing but pongs: a server that has not received the client's
    /// close frame still answers pings (RFC 6455 section 5.5.2).
    /// </summary>
    private static bool IsWellFormed(ReadOnlySpan<byte> written)
    {
        var isClosed = false;
        while (!written.IsEmpty)
        {
            if (written.Length < 2 || written[0] is not (0x81 or 0x88 or 0x8A) || written[1] > 126 || (isClosed && written[0] != 0x8A))
            {
                return false;
            }

            isClosed |= written[0] == 0x88;
            var (header, length) = written[1] == 126 ? (4, BinaryPrimitives.ReadUInt16BigEndian(written[2..])) : (2, written[1]);
            if (written.Length < header + length)
            {
                return false;
            }

            written = written[(header + length)..];
        }

        return true;
    }

    /// <summary>Stands for the subscriber: writes an answer to the socket of the moment.</summary>
    private sealed class Answering : ReceiveActor
    {
        public Answering(Line line) => ReceiveAsync<Reply>(async reply =>
        {
            var sender = Sender;
            await line.Socket!.WriteAsync(reply.Frame);
            sender.Tell(Written.Instance);
        });

        public sealed class Line
        {
            public MessageSocket? Socket { get; set; }
        }
    }
}
