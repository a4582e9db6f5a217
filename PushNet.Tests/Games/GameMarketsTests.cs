using PushNet.Actors.Games;

namespace PushNet.Tests.Games;

/// <summary>The prices of a game that goes live.</summary>
public sealed class GameMarketsTests
{
    private readonly GameBoard _board = new(Given.Limits);

    [Theory]
    [InlineData(GameStatus.Unplayed)]
    [InlineData(GameStatus.Final)]
    public void They_come_right_behind_the_event_that_tells_it_and_take_no_number(GameStatus before)
    {
        Apply(Given.Seen(Given.Game(status: before)));
        Apply(Given.Price(110m));
        Apply(Given.Price(120m, "Away"));
        Apply(Given.Price(null, "Away"));

        var events = Apply(Given.Seen(Given.Game(scores: Given.Scores(2)), ts: 9)).Events;

        Assert.Equal([EventKind.ScoreChange, EventKind.StatusChange, EventKind.Markets], events.Select(one => one.Kind));
        var markets = (GameMarkets)events[^1];
        Assert.Equal((9L, new Place(6, 1), 6L), (markets.Ts, markets.Place, _board.Seq));
        Assert.Equal(110m, Assert.Single(Assert.Single(markets.Markets)).Price);
    }

    [Fact]
    public void A_game_that_comes_live_has_none_which_takes_those_back_that_clients_hold_of_one_that_left() =>
        Assert.Empty(Assert.IsType<GameMarkets>(Apply(Given.Seen(Given.Game())).Events[^1]).Markets);

    [Fact]
    public void They_come_too_when_a_live_game_gets_the_slug_by_which_filters_may_find_it()
    {
        Apply(Given.Seen(Given.Game()));

        Assert.IsType<GameMarkets>(Apply(Given.Seen(Given.Game(slug: "s"))).Events[^1]);
        Assert.DoesNotContain(Apply(Given.Seen(Given.Game(slug: "s", scores: Given.Scores(5)))).Events, one => one is GameMarkets);
    }

    [Fact]
    public void Asides_behind_one_event_are_told_apart_and_begin_anew_behind_the_next()
    {
        Apply(Given.Seen(Given.Game("a", GameStatus.Final)));
        Apply(Given.Seen(Given.Game("b", GameStatus.Final)));

        Assert.Equal([new(2, 1), new Place(2, 2)], new[] { "a", "b" }.Select(id => Apply(new RemoveObservation(id)).Events[^1].Place));
        Assert.Equal((2, 2), (_board.Seq, _board.Asides));
        Assert.Equal([new(3), new Place(3, 1)], Apply(Given.Seen(Given.Game())).Events.Select(one => one.Place));
    }

    [Fact]
    public void A_removal_that_is_older_than_the_game_is_stale_and_one_of_the_demo_is_for_the_demo_alone()
    {
        Apply(Given.Seen(Given.Game(), ts: 10));

        Assert.Equal(Verdict.Stale, Apply(new RemoveObservation("g1") { Ts = 9 }).Verdict);
        Assert.Equal(Verdict.Rejected, _board.Apply(new RemoveObservation("g1"), Given.Now, isDemo: true).Verdict);
        Assert.Equal("game g9 is not known", Apply(new RemoveObservation("g9")).Error);
        Assert.Equal([10L, 10, 10], Apply(new RemoveObservation("g1") { Ts = 10 }).Events.Select(one => one.Ts));
        Assert.Equal(0, _board.GameCount);
    }

    private ApplyResult Apply(Observation observation) => _board.Apply(observation, Given.Now);
}
