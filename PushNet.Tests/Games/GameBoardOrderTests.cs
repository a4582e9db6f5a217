using PushNet.Actors.Games;

namespace PushNet.Tests.Games;

/// <summary>The order of observations (docs/feeding.md#order), fixed fields, and what is rejected (docs/feeding.md#a-game).</summary>
public sealed class GameBoardOrderTests
{
    private readonly GameBoard _board = new(Given.Limits);

    [Fact]
    public void An_older_ts_is_stale_and_not_applied()
    {
        Apply(Given.Seen(Given.Game(), ts: 100));

        var result = Apply(Given.Seen(Given.Game(scores: Given.Scores(home: 5)), ts: 99));

        Assert.Equal(Verdict.Stale, result.Verdict);
        Assert.Empty(result.Events);
        Assert.Equal(1, _board.Find("g1")!.Scores.ScoreHome);
    }

    [Fact]
    public void An_equal_ts_is_applied()
    {
        Apply(Given.Seen(Given.Game(), ts: 100));

        var result = Apply(Given.Seen(Given.Game(scores: Given.Scores(home: 5)), ts: 100));

        Assert.Equal(Verdict.Applied, result.Verdict);
        Assert.Single(result.Events);
    }

    [Fact]
    public void An_unchanged_observation_moves_the_mark()
    {
        Apply(Given.Seen(Given.Game(), ts: 100));
        Assert.Equal(Verdict.Unchanged, Apply(Given.Seen(Given.Game(), ts: 200)).Verdict);

        Assert.Equal(Verdict.Stale, Apply(Given.Seen(Given.Game(scores: Given.Scores(home: 5)), ts: 150)).Verdict);
    }

    [Fact]
    public void An_observation_without_ts_is_applied_in_order_of_arrival_and_moves_no_mark()
    {
        Apply(Given.Seen(Given.Game(), ts: 100));
        Assert.Equal(Verdict.Applied, Apply(Given.Seen(Given.Game(scores: Given.Scores(home: 5)))).Verdict);

        Assert.Equal(Verdict.Stale, Apply(Given.Seen(Given.Game(scores: Given.Scores(home: 6)), ts: 99)).Verdict);
        Assert.Equal(Verdict.Applied, Apply(Given.Seen(Given.Game(scores: Given.Scores(home: 7)), ts: 100)).Verdict);
    }

    [Fact]
    public void A_ts_of_five_minutes_ahead_is_taken_and_one_more_millisecond_is_not()
    {
        var limit = Given.NowMs + 300_000;

        var tooFar = Apply(Given.Seen(Given.Game(), ts: limit + 1));

        Assert.Equal(Verdict.Rejected, tooFar.Verdict);
        Assert.Contains("5 minutes ahead", tooFar.Error);
        Assert.Equal(0, _board.GameCount);
        Assert.Equal(Verdict.Applied, Apply(Given.Seen(Given.Game(), ts: limit)).Verdict);
        Assert.Equal(Verdict.Rejected, Apply(Given.Price(1m, ts: limit + 1)).Verdict);
    }

    public static TheoryData<string, Game> FixedFields => new()
    {
        { "pn_league_code", Given.Game(slug: "s") with { PnLeagueCode = "epl" } },
        { "sport_category", Given.Game(slug: "s") with { SportCategory = "tennis" } },
        { "pn_slug", Given.Game(slug: "another") },
    };

    [Theory]
    [MemberData(nameof(FixedFields))]
    public void A_fixed_field_that_changes_is_rejected_with_a_sentence_that_names_it(string field, Game changed)
    {
        Apply(Given.Seen(Given.Game(slug: "s")));

        var result = Apply(Given.Seen(changed with { Scores = Given.Scores(home: 8) }));

        Assert.Equal(Verdict.Rejected, result.Verdict);
        Assert.Contains(field, result.Error);
        Assert.Equal(Given.Game(slug: "s"), _board.Find("g1"));
    }

    [Fact]
    public void A_slug_may_come_later_and_is_not_taken_away_by_who_does_not_know_it()
    {
        Apply(Given.Seen(Given.Game()));

        var added = Apply(Given.Seen(Given.Game(slug: "late")));
        var without = Apply(Given.Seen(Given.Game()));

        Assert.Equal((Verdict.Applied, Verdict.Unchanged), (added.Verdict, without.Verdict));
        Assert.Equal("late", _board.Find("g1")!.PnSlug);
    }

    [Fact]
    public void Only_a_time_that_the_source_gave_can_be_too_far_ahead()
    {
        var ahead = Given.Seen(Given.Game(), ts: Given.NowMs + 600_000);

        Assert.Equal((Verdict.Rejected, 600_000L), (Apply(ahead).Verdict, Apply(ahead).AheadMs));
        Assert.Equal((Verdict.Applied, null),
            (Apply(ahead with { IsTsOfStorage = true }).Verdict, Apply(ahead with { IsTsOfStorage = true }).AheadMs));
        Assert.Equal(Verdict.Stale, Apply(Given.Seen(Given.Game(), ts: Given.NowMs)).Verdict);
    }

    [Fact]
    public void A_rejected_observation_moves_no_mark()
    {
        Apply(Given.Seen(Given.Game(), ts: 100));
        Apply(Given.Seen(Given.Game() with { SportCategory = "tennis" }, ts: 500));

        Assert.Equal(Verdict.Unchanged, Apply(Given.Seen(Given.Game(), ts: 200)).Verdict);
    }

    [Fact]
    public void An_apply_that_throws_changes_nothing()
    {
        Apply(Given.Seen(Given.Game(), ts: 100));
        Apply(Given.Price(110m, ts: 100));
        var before = (_board.Seq, _board.GamesVersion, _board.GameCount, _board.OutcomeCount, _board.Find("g1"));

        Assert.Throws<ArgumentException>(() => Apply(new StrangeObservation { Ts = 300 }));
        Assert.Throws<NullReferenceException>(() => Apply(Given.Seen(Given.Game() with { Scores = null! }, ts: 300)));

        Assert.Equal(before, (_board.Seq, _board.GamesVersion, _board.GameCount, _board.OutcomeCount, _board.Find("g1")));
        Assert.Equal(Verdict.Unchanged, Apply(Given.Seen(Given.Game(), ts: 200)).Verdict);
    }

    private ApplyResult Apply(Observation observation) => _board.Apply(observation, Given.Now);

    private sealed record StrangeObservation : Observation
    {
        public override string GameId => "g1";
    }
}
