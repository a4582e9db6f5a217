using Akka.Actor;
using Akka.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Tests.State;

public sealed class GameStateActorTests : ActorTest
{
    private readonly PublishedBoard _published = new();
    private readonly FrameEncoder _encoder = new();
    private readonly IActorRef _gameState;
    private readonly TestProbe _live;
    private readonly TestProbe _odds;

    public GameStateActorTests()
    {
        _gameState = Sys.ActorOf(Props.Create(() => new GameStateActor(
            Given.Limits, _published, _encoder, Time, NullLogger<GameStateActor>.Instance)), GameStateActor.Name);
        (_live, _odds) = (CreateTestProbe(), CreateTestProbe());
        _gameState.Tell(new RegisterPublisher(PushChannel.Live, _live));
        _gameState.Tell(new RegisterPublisher(PushChannel.Odds, _odds));
    }

    [Fact]
    public async Task A_receipt_counts_every_line_and_names_the_rejected_ones()
    {
        var receipt = await _gameState.Ask<LinesReceipt>(new ObserveLines("s", false, [
            new ParsedLine(5, Given.Seen(Given.Game(), ts: 100), null),
            new ParsedLine(6, Given.Seen(Given.Game(), ts: 100), null),
            new ParsedLine(7, Given.Seen(Given.Game(), ts: 99), null),
            new ParsedLine(8, null, "no line"),
            new ParsedLine(9, Given.Price(1m, game: "nobody"), null)]));

        Assert.Equal((9L, new ObservationCounts(1, 1, 1, 2)), (receipt.LastLine, receipt.Counts));
        Assert.Equal([8L, 9L], receipt.Errors.Select(error => error.Line));
    }

    [Fact]
    public async Task Both_channels_get_the_same_bytes_encoded_once()
    {
        await _gameState.Ask<LinesReceipt>(Given.Group(Given.Seen(Given.Game(status: GameStatus.Final)), Given.Price(110m)));

        var live = await _live.ExpectMsgAsync<Publish>();
        var odds = await _odds.ExpectMsgAsync<Publish>();
        Assert.Same(live.Events[0], odds.Events[0]);
        Assert.Equal((1, 2, 2L), (live.Events.Count, odds.Events.Count, _encoder.EncodedEvents));
    }

    [Fact]
    public async Task An_observation_the_board_fails_on_costs_the_others_nothing()
    {
        var receipt = await _gameState.Ask<LinesReceipt>(Given.Group(
            Given.Seen(Given.Game()), Given.Seen(Given.Game() with { Scores = null! }), Given.Seen(Given.Game("g2"))));

        Assert.Equal(new ObservationCounts(2, 0, 0, 1), receipt.Counts);
        Assert.Equal(
            [new(1), new(1, 1), new(2), new Place(2, 1)], (await _odds.ExpectMsgAsync<Publish>()).Events.Select(one => one.Place));
    }

    [Fact]
    public async Task A_message_that_fails_loses_no_game()
    {
        await _gameState.Ask<LinesReceipt>(Given.Group(Given.Seen(Given.Game())));

        _gameState.Tell(new ObserveLines("s", false, null!));

        var status = await _gameState.Ask<BoardStatus>(new GetBoardStatus());
        Assert.Equal((1, 1, 1L), (status.Games, status.Live, status.Seq));
    }

    [Fact]
    public async Task The_games_array_is_kept_until_a_game_changes()
    {
        await _gameState.Ask<LinesReceipt>(Given.Group(Given.Seen(Given.Game())));
        var first = await _gameState.Ask<BoardSnapshot>(new GetSnapshot());
        await _gameState.Ask<LinesReceipt>(Given.Group(Given.Price(110m), Given.Seen(Given.Game())));
        var second = await _gameState.Ask<BoardSnapshot>(new GetSnapshot());
        await _gameState.Ask<LinesReceipt>(Given.Group(Given.Seen(Given.Game(scores: Given.Scores() with { LastPlay = "corner" }))));
        var third = await _gameState.Ask<BoardSnapshot>(new GetSnapshot());

        Assert.Same(first.Games, second.Games);
        Assert.NotSame(second.Games, third.Games);
        Assert.Equal((1L, 2L, 2L), (first.Seq, second.Seq, third.Seq));
    }

    [Fact]
    public async Task A_snapshot_with_prices_has_the_games_and_outcomes_of_its_filter()
    {
        await _gameState.Ask<LinesReceipt>(Given.Group(
            Given.Seen(Given.Game("g1")), Given.Seen(Given.Game("g2")), Given.Price(110.0m, ts: 7), Given.Price(
                120.0m, "Away", ts: 7), Given.Price(null, "Away", ts: 8)));
        var group = Given.Filtered(new EventFilter { Game = AnyOf.The("g1"), Book = AnyOf.The("book") }, hasPrices: true).Group;
        var other = Given.Filtered(new EventFilter { Book = AnyOf.The("other") }, hasPrices: true).Group;

        var snapshot = await _gameState.Ask<BoardSnapshot>(new GetSnapshot(group));
        var without = await _gameState.Ask<BoardSnapshot>(new GetSnapshot(other));

        Assert.Equal((1, group, 5L), (snapshot.Games.Count, snapshot.MadeFor, snapshot.Seq));
        Assert.EndsWith(
            """
            ,"away_starter":null},"markets":{"moneyline":[{"book":"book","outcome":"Home","price":110.0,"points":null,
            "player_id":null,"ts":7}]}}]
            """.ReplaceLineEndings(""),
            System.Text.Encoding.UTF8.GetString(snapshot.Games.Json.Span));
        Assert.Equal(2, without.Games.Count);
        Assert.EndsWith("\"markets\":{}}]", System.Text.Encoding.UTF8.GetString(without.Games.Json.Span));
    }

    [Fact]
    public async Task A_line_that_its_source_brings_again_is_early_instead_of_rejected_up_to_how_far_ahead_that_may_be()
    {
        var (hour, day) = (Given.NowMs + 3_600_000, Given.NowMs + 86_400_001);
        var group = Given.Group(Given.Seen(Given.Game("a"), ts: hour), Given.Seen(Given.Game("b"), ts: day), Given.Seen(Given.Game("c")));

        var again = await _gameState.Ask<LinesReceipt>(group with { MaxEarly = TimeSpan.FromDays(1) });
        var once = await _gameState.Ask<LinesReceipt>(group);

        Assert.Equal(
            (new ObservationCounts(1, 0, 0, 1), 1L, 2L), (again.Counts, Assert.Single(again.Early).Line, Assert.Single(again.Errors).Line));
        Assert.Equal((new ObservationCounts(0, 1, 0, 2), 0), (once.Counts, once.Early.Count));
    }

    [Fact]
    public async Task A_snapshot_that_gets_too_large_is_answered_as_one_that_can_not_be_made()
    {
        await _gameState.Ask<LinesReceipt>(Given.Group(
            [Given.Seen(Given.Game("g1")), .. Enumerable.Range(0, 200).Select(i => Given.Price(110.0m, $"outcome {i}"))]));
        var group = Given.Priced.Group;

        var failed = await _gameState.Ask<SnapshotFailed>(new GetSnapshot(group, MaxBytes: 5000));
        var made = await _gameState.Ask<BoardSnapshot>(new GetSnapshot(group, MaxBytes: 50_000));

        Assert.Equal(group, failed.MadeFor);
        Assert.Contains("larger than it may be", failed.Reason);
        Assert.Equal(1, made.Games.Count);
    }

    [Fact]
    public async Task What_was_accepted_is_told_before_the_receipt()
    {
        var recorder = CreateTestProbe();
        Sys.EventStream.Subscribe(recorder, typeof(ObservationsAccepted));

        await _gameState.Ask<LinesReceipt>(Given.Group(
            Given.Seen(Given.Game(), ts: 5000), Given.Seen(Given.Game(), ts: 4000), Given.Price(110m, game: "unknown"), Given.Seen(
                Given.Game(), ts: 5000)));

        var accepted = await recorder.ExpectMsgAsync<ObservationsAccepted>();
        Assert.Equal(Given.Now, accepted.At);
        Assert.Equal([5000L, 5000L], accepted.Observations.Select(observation => observation.Ts!.Value));
        await _gameState.Ask<LinesReceipt>(Given.Group(Given.Price(110m, game: "unknown")));
        await recorder.ExpectNoMsgAsync(TimeSpan.Zero);
    }
}
