using PushNet.Actors.Feed;
using PushNet.Actors.Games;

namespace PushNet.Tests.Feed;

/// <summary>
/// What happens in sport can be expressed: whole files of lines, each with the board that they lead to (docs/feeding.md#a-game).
/// </summary>
public sealed class SportFilesTests
{
    [Theory]
    [InlineData("soccer-shoot-out", "cup-1 Torino - Bari: final - home 1-1 PEN 5-4 (1H 1-0, 2H 0-1, ET1 0-0, ET2 0-0, PEN 5-4)")]
    [InlineData("tennis-retirement", "atp-9 Jannik Sinner - Lorenzo Musetti: final retired home 1-0 2 - (1 6-4, 2 2-3)")]
    [InlineData("cricket-draw", "test-2 India - Australia: final - draw 555-589 4 52.0 (1 -301, 2 412-, 3 -288, 4 143-)")]
    [InlineData("baseball-double-header",
        "mlb-1 Chicago Cubs - St. Louis Cardinals: final - home 2-1 9 Mid (1 0-0, 2 0-1, 3 0-0, 4 2-0, 5 0-0, 6 0-0, 7 0-0, 8 0-0, 9 -0)",
        "mlb-2 Chicago Cubs - St. Louis Cardinals: live - - 0-3 2 Top (1 0-2, 2 -1)")]
    [InlineData("postponed-and-resumed", "mls-4 Los Angeles FC - New York City FC: final - draw 1-1 2H 93 (1H 1-0, 2H 0-1)")]
    public void A_file_ends_in_its_board(string file, params string[] games)
    {
        var board = new GameBoard(Given.Limits);

        Assert.All(Read(file), line => Assert.True(Take(board, line).Verdict is Verdict.Applied, $"line {line.Number}: {line.Error}"));

        Assert.Equal(games, board.View().Games.Select(view => Describe(view.Game)));
    }

    [Theory]
    [InlineData("soccer-shoot-out",
        "NewGame PriceChange PriceChange PriceChange ScoreChange StatusChange ScoreChange GameUpdate* ScoreChange GameUpdate* PriceChange "
        + "PriceChange PriceChange ScoreChange GameUpdate* ScoreChange GameUpdate ScoreChange StatusChange GameFinal")]
    [InlineData("tennis-retirement",
        "NewGame GameUpdate PriceChange PriceChange ScoreChange StatusChange ScoreChange GameUpdate* ScoreChange GameUpdate* GameUpdate "
        + "ScoreChange GameUpdate ScoreChange StatusChange GameFinal PriceChange PriceChange")]
    [InlineData("postponed-and-resumed",
        "NewGame PriceChange GameUpdate GameUpdate GameUpdate ScoreChange StatusChange GameUpdate ScoreChange GameUpdate GameUpdate "
        + "ScoreChange StatusChange GameFinal")]
    public void A_file_makes_these_events(string file, string events)
    {
        var board = new GameBoard(Given.Limits);

        var made = Read(file).SelectMany(line => Take(board, line).Events).Where(one => one.Kind is not EventKind.Markets)
            .Select(one => $"{one.Kind}{(one.IsNumbered ? "" : "*")}");

        Assert.Equal(events, string.Join(' ', made));
    }

    [Fact]
    public void Of_a_double_header_the_slug_finds_the_game_that_is_live_or_next()
    {
        var (board, found) = (new GameBoard(Given.Limits), new List<string>());

        foreach (var line in Read("baseball-double-header"))
        {
            var result = Take(board, line);
            var view = board.View().Find("mlb-stl-chc-2026-11-26")!;
            found.Add($"{view.Game.GameId} {view.Game.Status}{(result.Warning is null ? "" : " shared")}");
        }

        Assert.Equal(
            ["mlb-1 Unplayed", "mlb-1 Unplayed shared", "mlb-1 Unplayed", "mlb-1 Unplayed", "mlb-1 Unplayed", "mlb-1 Live", "mlb-1 Live",
                "mlb-2 Unplayed", "mlb-2 Live"],
            found);
    }

    private static List<ParsedLine> Read(string file) =>
        [.. File.ReadLines(DocsTests.PathOf($"PushNet.Tests/Sports/{file}.ndjson"))
            .Select((line, i) => FeedParser.Parse(new FeedLine(i + 1, System.Text.Encoding.UTF8.GetBytes(line))))];

    private static ApplyResult Take(GameBoard board, ParsedLine line)
    {
        Assert.Null(line.Error);
        return board.Apply(line.Observation!, Given.Now + TimeSpan.FromDays(365));
    }

    private static string Describe(Game game) =>
        $"{game.GameId} {game.HomeTeam.Name} - {game.AwayTeam.Name}: {Words<GameStatus>.Of(game.Status)} "
        + $"{(game.StatusDetail is { } detail ? Words<StatusDetail>.Of(detail) : "-")} "
        + $"{(game.Winner is { } winner ? Words<Winner>.Of(winner) : "-")} {game.Scores.ScoreHome}-{game.Scores.ScoreAway} "
        + $"{game.Scores.Period} {game.Scores.Clock ?? "-"} "
        + $"({string.Join(", ", (game.Scores.Periods?.All ?? []).Select(one => $"{one.Name} {one.Home}-{one.Away}"))})";
}
