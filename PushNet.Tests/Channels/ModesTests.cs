using Akka.Actor;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Channels;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Channels;

/// <summary>
/// Every mode of subscription through the real actors, with clients that stall and drain at random and an overloaded publisher.
/// Everything is accounted for, order is kept, and what heals ends equal to the board.
/// </summary>
public sealed class ModesTests() : ActorTest(queueCapacity: 8, ownScheduler: true)
{
    private const int Games = 3;
    private static readonly EventFilter Some = new() { Game = AnyOf.The("g1", "g2"), Book = AnyOf.The("b0", "b1") };
    private static readonly FanOutSettings Small = Given.FanOut with { MaxBatchEvents = 4, MaxPendingEvents = 16 };
    private static int _names;

    /// <summary>Goals and prices of three games that are usually live; now and then one leaves the board and may come back.</summary>
    private static readonly Gen<Observation> AnyObservation = Gen.Frequency(
        (8, Gen.Select(Gen.Int[1, Games], Gen.Int[0, 50], Gen.Int[0, 9], (id, home, status) => (Observation)Given.Seen(Given.Game(
            $"g{id}", status == 0 ? GameStatus.Unplayed : status == 1 ? GameStatus.Final : GameStatus.Live, Given.Scores(home))))),
        (1, Gen.Int[1, Games].Select(id => (Observation)new RemoveObservation($"g{id}"))),
        (36, Gen.Select(Gen.Int[1, Games], Gen.Int[0, 2], Gen.Int[0, 1], Gen.Int[0, 3], (id, book, outcome, price) =>
            (Observation)new PriceObservation(
                $"g{id}", new OutcomeKey("moneyline", $"b{book}", $"o{outcome}", null), price == 0 ? null : 100m + price, null))));

    private static readonly Gen<(Observation[] Seen, int Stalls, int Drains, int Joins, int Ms)> AnyStep =
        Gen.Select(AnyObservation.Array[0, 12], Gen.Int[0, 63], Gen.Int[0, 63], Gen.Int[0, 63], Gen.Int[0, 120]);

    [Theory]
    [InlineData(false, 0, false, false)]
    [InlineData(false, 0, true, false)]
    [InlineData(false, 50, false, false)]
    [InlineData(false, 50, true, false)]
    [InlineData(true, 0, false, false)]
    [InlineData(true, 0, true, false)]
    [InlineData(true, 50, false, false)]
    [InlineData(true, 50, true, false)]
    [InlineData(false, 0, false, true)]
    [InlineData(false, 50, true, true)]
    [InlineData(true, 0, true, true)]
    [InlineData(true, 50, true, true)]
    public Task However_clients_stall_nothing_is_unaccounted_for_and_what_heals_equals_the_board(
        bool isFiltered, int conflateMs, bool hasPrices, bool hasAllGames)
    {
        var subscription = new Subscription(
            isFiltered ? Some : Subscription.Everything.Filter, TimeSpan.FromMilliseconds(conflateMs),
            (hasPrices ? Extras.Prices : Extras.None) | (hasAllGames ? Extras.AllGames : Extras.None));
        return AnyStep.Array[10, 40].SampleAsync(steps => RunAsync(subscription, steps), iter: 20, threads: 1);
    }

    private async Task RunAsync(Subscription subscription, (Observation[] Seen, int Stalls, int Drains, int Joins, int Ms)[] steps)
    {
        var board = new GameBoard(Given.Limits);
        var encoder = new FrameEncoder();
        var gameState = Sys.ActorOf(Props.Create(() => new GameStateActor(
            Given.Limits, new PublishedBoard(), encoder, Time, NullLogger<GameStateActor>.Instance)), $"state-{++_names}");
        var publisher = Sys.ActorOf(Props.Create(() => new PublisherActor(PushChannel.Odds, Small, gameState, Time)), $"odds-{_names}");
        var (sockets, published) = (new List<RecordingSocket>(), new List<GameEvent>());
        await Observe([.. Enumerable.Range(1, Games).Select(id => Given.Seen(Given.Game($"g{id}")))]);

        // The first never stalls, so it is given everything that its group is sent.
        await JoinAsync();
        await JoinAsync();
        foreach (var (seen, stalls, drains, joins, ms) in steps)
        {
            if (joins % 8 == 0 && sockets.Count < 6)
            {
                await JoinAsync();
            }

            foreach (var (i, socket) in sockets.Index().Skip(1))
            {
                socket.Unblock((drains >> i) % 2 == 1);
                socket.Block((stalls >> i) % 2 == 1);
            }

            await Observe(seen);
            Advance(ms);
        }

        sockets.ForEach(socket => socket.Unblock());
        await EndAsync();

        void Advance(int ms)
        {
            Time.Advance(TimeSpan.FromMilliseconds(ms));
            Scheduler.Advance(TimeSpan.FromMilliseconds(ms));
        }

        async Task JoinAsync()
        {
            sockets.Add(new RecordingSocket());
            publisher.Tell(new Join(sockets.Count, sockets[^1], subscription));
            await Until(() => sockets[^1].Messages.Count >= 2);
        }

        async Task Observe(Observation[] observations)
        {
            if (observations.Length > 0)
            {
                published.AddRange(observations.SelectMany(one => board.Apply(one, Given.Now).Events)
                    .Where(one => one.Aside is Aside.None && subscription.Filter.Selects(one)));
                await gameState.Ask<LinesReceipt>(Given.Group(observations));
            }
        }

        async Task EndAsync()
        {
            await Until(() => sockets.TrueForAll(IsRight));
            for (var i = 0; i < 20; i++)
            {
                await StepAsync(100);
            }

            await Until(() => sockets.TrueForAll(IsRight));
            var usage = await publisher.Ask<ChannelUsage>(new GetChannelUsage());
            Assert.Equal((0, sockets.Count), (usage.Pending, usage.Subscribers));
            Sys.Stop(publisher);
            Sys.Stop(gameState);
        }

        bool IsRight(RecordingSocket socket)
        {
            var (games, prices) = (new ClientModel(subscription.Group.HasAllGames), Client(socket));
            games.Take(socket.Messages.Where(frame => frame.Type() != "price_change"));
            return IsAccounted(socket, prices)
                && games.Games == ClientModel.GamesOf(board, subscription.Filter, subscription.Group.HasAllGames)
                && (!subscription.Group.HasPrices
                    || prices.Prices == PriceClient.PricesOf(board, subscription.Filter, subscription.Group.HasAllGames));
        }

        bool IsAccounted(RecordingSocket socket, PriceClient client)
        {
            var since = socket.Messages[1].Seq();
            if (!subscription.Group.IsConflated)
            {
                return client.Deltas + client.Dropped == published.Count(one => one.Seq > since);
            }

            // Clients that joined together were sent the same; a client that came later was sent less.
            var (first, all) = (Client(sockets[0]), client.Deltas + client.Dropped);
            return first.Dropped == 0 && (since == sockets[0].Messages[1].Seq() ? all == first.Deltas : all <= first.Deltas);
        }

        PriceClient Client(RecordingSocket socket)
        {
            var client = new PriceClient(subscription.Group.IsConflated, subscription.Group.HasAllGames);
            client.Take(socket.Messages);
            return client;
        }

        // Steps are virtual, but what they set off runs on real threads, which a busy machine may keep waiting.
        async Task Until(Func<bool> condition)
        {
            // Asked once a step: what holds now may not hold a moment later, while others are still being told.
            for (var begin = TimeProvider.System.GetTimestamp(); !condition(); await StepAsync(10))
            {
                Assert.True(TimeProvider.System.GetElapsedTime(begin) < PushServer.Patience);
            }
        }

        async Task StepAsync(int ms)
        {
            Advance(ms);
            await publisher.Ask<ChannelUsage>(new GetChannelUsage());
            await gameState.Ask<BoardStatus>(new GetBoardStatus());
        }
    }
}
