using Akka.Actor;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Channels;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels;

/// <summary>An event on its way through the real actors, from the observation to the socket.</summary>
public sealed class FanOutTests : ActorTest
{
    private readonly PublishedBoard _published = new();
    private readonly FrameEncoder _encoder = new();
    private readonly GameBoard _board = new(Given.Limits);
    private readonly IActorRef _gameState;
    private readonly IActorRef _live;
    private readonly IActorRef _odds;
    private long _connections;

    public FanOutTests()
    {
        _gameState = Sys.ActorOf(Props.Create(() => new GameStateActor(
            Given.Limits, _published, _encoder, Time, NullLogger<GameStateActor>.Instance)), GameStateActor.Name);
        _live = Start(PushChannel.Live);
        _odds = Start(PushChannel.Odds);
    }

    [Fact]
    public async Task Fold_over_the_actors_equals_the_board()
    {
        var sockets = new List<RecordingSocket>();
        var random = new Random(20221218);
        var seed = PCG.Parse("0000000000000001");
        for (var round = 0; round < 150; round++)
        {
            for (var joins = random.Next(3); joins > 0; joins--)
            {
                sockets.Add(Join(random.Next(2) == 0 ? _live : _odds));
            }

            await Observe([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Observations.Any.Generate(seed, null, out var _))],
                wait: random.Next(8) == 0);
        }

        await AllJoined(sockets.Count);
        await Observe([Given.Seen(Given.Game("last"))], wait: true);

        await Eventually(() => Assert.All(sockets, socket => Assert.Equal(_board.Seq, socket.Messages.LastOrDefault() is
        {
            ValueKind: not System.Text.Json.JsonValueKind.Undefined,
        } last && last.TryGetProperty("seq", out var seq) ? seq.GetInt64() : -1)));
        Assert.All(sockets, socket =>
        {
            Assert.Equal("welcome", socket.Messages[0].Type());
            Assert.Equal("snapshot", socket.Messages[1].Type());
            var client = new ClientModel();
            client.Take(socket.Messages);
            Assert.Equal((ClientModel.GamesOf(_board), 0L), (client.Games, client.Dropped));
            if (socket.Messages[0].GetProperty("channel").GetString() == "odds")
            {
                Assert.Equal(Enumerable.Range(0, client.Deltas + 1).Select(i => socket.Messages[1].Seq() + i),
                    socket.Messages.Skip(1).Select(m => m.Seq()));
            }
        });
    }

    [Fact]
    public async Task A_thousand_subscribers_and_a_hundred_events_are_a_hundred_encodings()
    {
        var sockets = Enumerable.Range(0, 1000).Select(i => Join(i % 2 == 0 ? _live : _odds)).ToList();
        await AllJoined(sockets.Count);

        await Observe([.. Enumerable.Range(0, 100).Select(i => Given.Seen(Given.Game($"g{i}", GameStatus.Unplayed)))], wait: true);

        await Eventually(() => Assert.All(sockets, socket => Assert.Equal("new_game 100", socket.Story[^1])));
        Assert.Equal(100, _encoder.EncodedEvents);
    }

    [Fact]
    public async Task The_live_channel_never_gets_a_price()
    {
        var (live, odds) = (Join(_live), Join(_odds));
        await AllJoined(2);

        await Observe([Given.Seen(Given.Game()), Given.Price(110m), Given.Price(120m),
            Given.Seen(Given.Game(scores: Given.Scores(home: 2)))], wait: true);

        await Eventually(() => Assert.Equal(["new_game 1", "price_change 2", "price_change 3", "score_change 4"], odds.Story.Skip(2)));
        await Eventually(() => Assert.Equal(["new_game 1", "score_change 4"], live.Story.Skip(2)));
    }

    private IActorRef Start(PushChannel channel)
    {
        var settings = Given.FanOut with { MaxBatchEvents = 32, MaxPendingEvents = 100_000 };
        return Sys.ActorOf(Props.Create(() => new PublisherActor(channel, settings, _gameState, TimeProvider.System)), channel.Name);
    }

    private RecordingSocket Join(IActorRef publisher)
    {
        var socket = new RecordingSocket();
        publisher.Tell(new Join(++_connections, socket, Subscription.Everything));
        return socket;
    }

    private async Task AllJoined(int count) => await AwaitAssertAsync(
        async () =>
        {
            var usages = await Task.WhenAll(_live.Ask<ChannelUsage>(new GetChannelUsage()), _odds.Ask<ChannelUsage>(new GetChannelUsage()));
            Assert.Equal(count, usages.Sum(usage => usage.Subscribers));
        },
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMilliseconds(5));

    private async Task Observe(Observation[] observations, bool wait)
    {
        foreach (var observation in observations)
        {
            _board.Apply(observation, Given.Now);
        }

        var receipt = _gameState.Ask<LinesReceipt>(Given.Group(observations));
        if (wait)
        {
            await receipt;
        }
    }

    private Task Eventually(Action assertion) => AwaitAssertAsync(assertion, TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(20));
}
