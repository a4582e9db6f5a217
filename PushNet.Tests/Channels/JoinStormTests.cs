using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Channels;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels;

/// <summary>Fifteen hundred joins a second for two seconds, one after the other, so that no two wait for the same snapshot.</summary>
public sealed class JoinStormTests : ActorTest
{
    private const int Joins = 3000;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2) / Joins;

    private readonly ConcurrentDictionary<byte[], int> _snapshots = new(ReferenceEqualityComparer.Instance);
    private readonly IActorRef _gameState;
    private readonly IActorRef _publisher;

    public JoinStormTests()
    {
        _gameState = Sys.ActorOf(Props.Create(() => new GameStateActor(
            Given.Limits, new PublishedBoard(), new FrameEncoder(), Time, NullLogger<GameStateActor>.Instance, null)));
        _publisher = Sys.ActorOf(Props.Create(() => new PublisherActor(PushChannel.Odds, Given.FanOut, _gameState, Time)));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(3)]
    public async Task A_storm_is_served_with_a_few_snapshots_and_nobody_misses_an_event(int joinsPerEvent)
    {
        await Observe(Given.Seen(Given.Game()));
        var sampled = new List<RecordingSocket>();
        for (var i = 1; i <= Joins; i++)
        {
            // Nobody waits: the clock stands still until it is in.
            ISubscriberSocket socket = i % 50 == 0 ? new RecordingSocket() : new SnapshotCounter(_snapshots);
            await _publisher.Ask<Joined>(new Join(i, socket, Subscription.Everything), TimeSpan.FromSeconds(10));
            if (socket is RecordingSocket recording)
            {
                sampled.Add(recording);
            }

            if (i % joinsPerEvent == 0)
            {
                await Observe(i % 2 == 0 ? Given.Price(i) : Given.Seen(Given.Game(scores: Given.Scores(home: i))));
            }

            Time.Advance(Between);
        }

        var last = (await _gameState.Ask<BoardStatus>(new GetBoardStatus())).Seq;
        await AwaitAssertAsync(
            () => Assert.All(sampled, socket => Assert.Equal(last, socket.Messages[^1].Seq())), TimeSpan.FromSeconds(10));
        Assert.All(sampled, socket =>
        {
            var seqs = socket.Messages.Skip(1).Select(message => message.Seq()).ToList();
            Assert.Equal(Enumerable.Range(0, seqs.Count).Select(n => seqs[0] + n), seqs);
        });
        Assert.InRange(_snapshots.Count, 1, 20);
    }

    private Task<LinesReceipt> Observe(Observation observation) => _gameState.Ask<LinesReceipt>(Given.Group(observation));

    /// <summary>Counts the snapshots that were made: those who share one are given the same bytes.</summary>
    private sealed class SnapshotCounter(ConcurrentDictionary<byte[], int> snapshots) : ISubscriberSocket
    {
        public long? BytesTaken => null;

        public bool HasEnded => false;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> frames) => ValueTask.CompletedTask;

        public ValueTask WriteAsync(ReadOnlySequence<byte> frame)
        {
            if (MemoryMarshal.TryGetArray(frame.First, out var bytes))
            {
                snapshots.AddOrUpdate(bytes.Array!, 1, (_, users) => users + 1);
            }

            return ValueTask.CompletedTask;
        }

        public void Close(int code, string reason)
        {
        }

        public void Abort()
        {
        }

        public void AbortStalled()
        {
        }
    }
}
