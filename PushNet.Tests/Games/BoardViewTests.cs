using CsCheck;
using PushNet.Actors.Games;

namespace PushNet.Tests.Games;

public sealed class BoardViewTests
{
    private readonly GameBoard _board = new(Given.Limits);

    [Fact]
    public void Every_view_shows_the_board_as_it_was_when_it_was_made() => Observations.Sequence.Sample(
        observations =>
        {
            var board = new GameBoard(Given.Limits);
            var views = new List<(BoardView View, string Expected)>();
            foreach (var observation in observations)
            {
                board.Apply(observation, Given.Now);
                views.Add((board.View(), Describe(board)));
            }

            Assert.All(views, made => Assert.Equal(made.Expected, Describe(made.View)));
        },
        iter: 300);

    [Fact]
    public void What_did_not_change_is_shared_with_the_view_before()
    {
        Apply(Given.Seen(Given.Game("g1")));
        Apply(Given.Seen(Given.Game("g2")));
        Apply(Given.Price(100m, "a"));
        var before = _board.View();

        Apply(Given.Price(100m, "a"));
        Assert.Same(before, _board.View());

        Apply(Given.Price(101m, "a"));
        var after = _board.View();
        Assert.NotEqual(before.Find("g1")!.Version, after.Find("g1")!.Version);
        Assert.Same(before.Find("g2"), after.Find("g2"));
        Assert.Equal(before.GamesVersion, after.GamesVersion);
    }

    [Fact]
    public void A_game_is_found_by_id_then_by_slug_and_the_first_with_a_slug_keeps_it()
    {
        Apply(Given.Seen(Given.Game("g1", slug: "same")));
        Apply(Given.Seen(Given.Game("g2", slug: "same")));
        Apply(Given.Seen(Given.Game("g3")));
        Apply(Given.Seen(Given.Game("g3", slug: "late")));
        Apply(Given.Seen(Given.Game("g4", slug: "g3")));

        Assert.Equal(["g1", "g2", "g3", "g4"], _board.View().Games.Select(view => view.Game.GameId));
        Assert.Equal("g1", IdOf("same"));
        Assert.Equal("g3", IdOf("late"));
        Assert.Equal("g3", IdOf("g3"));
        Assert.Null(_board.View().Find("g5"));
    }

    [Theory]
    [InlineData(GameStatus.Final, GameStatus.Live, "late")]
    [InlineData(GameStatus.Live, GameStatus.Unplayed, "early")]
    [InlineData(GameStatus.Unplayed, GameStatus.Unplayed, "early")]
    [InlineData(GameStatus.Final, GameStatus.Unplayed, "late")]
    [InlineData(GameStatus.Final, GameStatus.Final, "late")]
    public void A_shared_slug_finds_the_game_that_is_live_or_next_or_was_last(GameStatus early, GameStatus late, string found)
    {
        Apply(Given.Seen(Given.Game("late", late, slug: "same") with { StartDate = "2026-01-02T22:00Z" }));
        Apply(Given.Seen(Given.Game("early", early, slug: "same") with { StartDate = "2026-01-02T19:00:00Z" }));

        Assert.Equal(found, IdOf("same"));
    }

    [Theory]
    [InlineData("2026-01-02", "2026-01-02T00:00:01Z")]
    [InlineData("2026-01-02T19:00Z", "2026-01-02T19:00:30Z")]
    [InlineData("2026-01-02T19:00:00Z", "2026-01-02T19:00:00.5Z")]
    public void Starts_are_compared_as_moments_however_they_are_written(string earlier, string later)
    {
        Apply(Given.Seen(Given.Game("later", GameStatus.Unplayed, slug: "same") with { StartDate = later }));
        Apply(Given.Seen(Given.Game("earlier", GameStatus.Unplayed, slug: "same") with { StartDate = earlier }));

        Assert.Equal("earlier", IdOf("same"));
    }

    [Fact]
    public void Games_that_left_are_gone_with_their_slugs_and_the_others_keep_their_order()
    {
        Apply(Given.Seen(Given.Game("g1", GameStatus.Final, slug: "same")));
        Apply(Given.Seen(Given.Game("g2")));
        Apply(Given.Seen(Given.Game("g3", slug: "same")));
        Apply(Given.Price(100m, game: "g3"));
        var before = _board.View();

        _board.Evict(Given.Now + TimeSpan.FromDays(2));

        var after = _board.View();
        Assert.Equal(["g2", "g3"], after.Games.Select(view => view.Game.GameId));
        Assert.Equal("g3", IdOf("same"));
        Assert.Single(after.Find("g3")!.Markets());
        Assert.NotEqual(before.GamesVersion, after.GamesVersion);
        Assert.Equal(3, before.Games.Count);
    }

    private void Apply(PushNet.Actors.Games.Observation observation) => Assert.Null(_board.Apply(observation, Given.Now).Error);

    private string? IdOf(string idOrSlug) => _board.View().Find(idOrSlug)?.Game.GameId;

    private static string Describe(BoardView view) => string.Join('\n', view.Games
        .OrderBy(game => game.Game.GameId, StringComparer.Ordinal)
        .Select(game => Describe(game.Game, game.Markets()))
        .Append($"{view.Seq}"));

    private static string Describe(GameBoard board) => string.Join('\n', Enumerable.Range(1, 5)
        .Select(i => board.Find($"g{i}"))
        .OfType<Game>()
        .Select(game => Describe(game, board.MarketsOf(game.GameId)))
        .Append($"{board.Seq}"));

    private static string Describe(Game game, ILookup<string, Outcome> markets) =>
        $"{game} {string.Join(' ', markets.SelectMany(market => market))}";
}
