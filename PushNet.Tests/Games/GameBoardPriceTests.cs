using PushNet.Actors.Games;

namespace PushNet.Tests.Games;

/// <summary>How prices change the board (docs/feeding.md#a-price), and the events they make (docs/protocol.md#deltas).</summary>
public sealed class GameBoardPriceTests
{
    private readonly GameBoard _board = new(Given.Limits);

    public GameBoardPriceTests() => _board.Apply(Given.Seen(Given.Game()), Given.Now);

    [Fact]
    public void A_first_price_has_no_old_price()
    {
        var change = Change(Apply(110m));

        Assert.Equal((null, 110m, 2L), (change.OldPrice, change.NewPrice, change.Seq));
        Assert.Equal(new OutcomeKey("moneyline", "book", "Home", null), change.Key);
    }

    [Fact]
    public void A_changed_price_has_the_one_before()
    {
        Apply(110m);

        var change = Change(Apply(-120m));

        Assert.Equal((110m, -120m), (change.OldPrice, change.NewPrice));
    }

    [Fact]
    public void An_equal_price_emits_nothing_however_it_is_written()
    {
        Apply(110m);

        var result = Apply(110.00m);

        Assert.Equal(Verdict.Unchanged, result.Verdict);
        Assert.Empty(result.Events);
    }

    [Fact]
    public void A_withdrawal_has_no_new_price_and_the_first_price_after_it_no_old_one()
    {
        Apply(110m);

        var withdrawn = Change(Apply(null));
        Assert.Empty(_board.MarketsOf("g1"));
        var back = Change(Apply(115m));

        Assert.Equal((110m, null), (withdrawn.OldPrice, withdrawn.NewPrice));
        Assert.Equal((null, 115m), (back.OldPrice, back.NewPrice));
        Assert.Equal(115m, Assert.Single(_board.MarketsOf("g1").SelectMany(market => market)).Price);
    }

    [Fact]
    public void A_mark_outlives_the_withdrawal()
    {
        Apply(110m, ts: 100);
        Apply(null, ts: 200);

        Assert.Equal(Verdict.Stale, Apply(120m, ts: 150).Verdict);
        Assert.Equal(Verdict.Applied, Apply(120m, ts: 200).Verdict);
    }

    [Fact]
    public void A_withdrawal_of_what_was_never_seen_is_unchanged_but_sets_its_mark()
    {
        Assert.Equal(Verdict.Unchanged, Apply(null, ts: 200).Verdict);

        Assert.Equal(Verdict.Stale, Apply(120m, ts: 150).Verdict);
        Assert.Equal(Verdict.Applied, Apply(120m, ts: 250).Verdict);
    }

    [Fact]
    public void A_withdrawal_without_ts_of_what_was_never_seen_takes_no_room()
    {
        Assert.Equal(Verdict.Unchanged, Apply(null).Verdict);

        Assert.Equal(0, _board.OutcomeCount);
    }

    [Fact]
    public void An_unchanged_price_moves_the_mark_of_its_outcome_and_of_no_other()
    {
        Apply(110m, ts: 100);
        Apply(110m, ts: 300);

        Assert.Equal(Verdict.Stale, Apply(120m, ts: 200).Verdict);
        Assert.Equal(Verdict.Applied, Apply(120m, "Away", ts: 200).Verdict);
    }

    [Fact]
    public void Points_tell_outcomes_apart()
    {
        _board.Apply(Given.Price(110m, points: 2.5m), Given.Now);

        var other = _board.Apply(Given.Price(130m, points: 3.5m), Given.Now);

        Assert.Null(Change(other).OldPrice);
        Assert.Equal(2, _board.OutcomeCount);
    }

    [Fact]
    public void The_player_id_is_an_attribute_that_changes_without_an_event()
    {
        _board.Apply(Given.Price(110m, player: "p1"), Given.Now);

        var result = _board.Apply(Given.Price(110m, player: "p2"), Given.Now);

        Assert.Equal(Verdict.Applied, result.Verdict);
        Assert.Empty(result.Events);
        Assert.Equal(1, _board.OutcomeCount);
    }

    [Fact]
    public void A_price_of_an_unknown_game_is_rejected_with_a_sentence_that_names_it()
    {
        var result = _board.Apply(Given.Price(110m, game: "nobody"), Given.Now);

        Assert.Equal(Verdict.Rejected, result.Verdict);
        Assert.Contains("nobody", result.Error);
    }

    [Fact]
    public void A_price_does_not_touch_the_games_of_the_snapshot()
    {
        var version = _board.GamesVersion;

        Apply(110m);

        Assert.Equal(version, _board.GamesVersion);
    }

    private static PriceChange Change(ApplyResult result) => Assert.IsType<PriceChange>(Assert.Single(result.Events));

    private ApplyResult Apply(decimal? price, string outcome = "Home", long? ts = null) =>
        _board.Apply(Given.Price(price, outcome, ts), Given.Now);
}
