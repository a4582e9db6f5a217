using System.Text.Json;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;

namespace PushNet.Tests;

/// <summary>
/// A client that keeps the live games, or all of them, by the rules of docs/protocol.md#following-the-games, reading nothing but
/// what goes over the wire.
/// </summary>
/// <param name="hasAllGames">True when it asked for the games that are not live, too.</param>
internal sealed class ClientModel(bool hasAllGames = false) : FrameClient
{
    private readonly SortedDictionary<string, (string Match, string Score)> _games = new(StringComparer.Ordinal);

    /// <summary>The number of the last frame that had one in the stream's order.</summary>
    public long Seq { get; private set; } = -1;

    /// <summary>The fields that are promised to a client, one line per game.</summary>
    public string Games => string.Join('\n', _games.Values.Select(game => $"{game.Match} {game.Score}"));

    /// <summary>The same of a board.</summary>
    /// <param name="board">The board.</param>
    /// <param name="filter">Which games.</param>
    /// <param name="hasAllGames">True to include those that are not live.</param>
    public static string GamesOf(GameBoard board, EventFilter? filter = null, bool hasAllGames = false) => string.Join('\n', board.Games
        .Where(game => game.IsLive || hasAllGames)
        .Where((filter ?? EventFilter.None).Selects)
        .OrderBy(game => game.GameId, StringComparer.Ordinal)
        .Select(g => Match(
                g.GameId, Words<GameStatus>.Of(g.Status), g.HomeTeam.Name, g.AwayTeam.Name, g.StartDate, g.PnSlug, Word(g.StatusDetail),
                Word(g.Winner)) + " "
            + Score(g.Scores.ScoreHome, g.Scores.ScoreAway, g.Scores.Period, g.Scores.Clock, g.Scores.Periods?.ToString())));

    protected override void TakeDelta(JsonElement frame)
    {
        Advance(frame);
        switch (frame.Type())
        {
            case "new_game" or "status_change" or "game_update":
                Put(frame.GetProperty("game"));
                break;
            case "score_change" or "game_final":
                var id = frame.GetProperty("game_id").GetString()!;
                if (frame.Type() == "score_change" && _games.TryGetValue(id, out var known))
                {
                    _games[id] = (known.Match, Score(frame));
                }

                break;
        }
    }

    protected override void TakeAside(JsonElement frame)
    {
        Assert.True(Snapshots > 0, "an aside before the snapshot");
        Assert.True(frame.Seq() >= Seq, $"aside {frame.Seq()} after {Seq}");
        if (frame.Type() == "game_removed")
        {
            Assert.True(hasAllGames);
            _games.Remove(frame.GetProperty("game_id").GetString()!);
        }
    }

    protected override void TakeSnapshot(JsonElement frame)
    {
        Assert.True(frame.Seq() >= Seq, $"snapshot {frame.Seq()} after {Seq}");
        Assert.Equal(frame.GetProperty("count").GetInt32(), frame.GetProperty("games").GetArrayLength());
        Seq = frame.Seq();
        _games.Clear();
        foreach (var game in frame.GetProperty("games").EnumerateArray())
        {
            Put(game);
        }
    }

    private void Advance(JsonElement frame)
    {
        Assert.True(Snapshots > 0, "a delta before the snapshot");
        Assert.True(frame.Seq() > Seq, $"event {frame.Seq()} after {Seq}");
        Seq = frame.Seq();
    }

    private void Put(JsonElement game)
    {
        var id = game.GetProperty("game_id").GetString()!;
        if (hasAllGames || game.GetProperty("scores").GetProperty("is_live").GetBoolean())
        {
            _games[id] = (
                Match(
                    id,
                    game.GetProperty("status").GetString()!,
                    game.GetProperty("home_team").GetProperty("name").GetString()!,
                    game.GetProperty("away_team").GetProperty("name").GetString()!,
                    game.GetProperty("start_date").GetString()!,
                    game.GetProperty("pn_slug").GetString(),
                    Text(game, "status_detail"),
                    Text(game, "winner")),
                Score(game.GetProperty("scores")));
        }
        else
        {
            _games.Remove(id);
        }
    }

    private static string Score(JsonElement scores) => Score(
        Number(scores, "score_home"),
        Number(scores, "score_away"),
        scores.GetProperty("period").GetString(),
        scores.GetProperty("clock").GetString(),
        !scores.TryGetProperty("periods", out var periods) ? null : string.Join(' ', periods.EnumerateArray().Select(
            one => $"{one.GetProperty("name").GetString()} {Number(one, "home")}-{Number(one, "away")}")));

    private static string Score(int? home, int? away, string? period, string? clock, string? periods) =>
        $"{home?.ToString() ?? "null"}-{away?.ToString() ?? "null"} {period ?? "null"} {clock ?? "null"} ({periods})";

    private static string Match(
        string id, string status, string home, string away, string start, string? slug, string? detail, string? winner) =>
        $"{id} {status} {home} {away} {start} {slug} {detail} {winner}";

    private static string? Word<T>(T? value)
        where T : struct, Enum => value is { } one ? Words<T>.Of(one) : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement scores, string name) =>
        scores.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;
}
