using System.Text.Json;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;

namespace PushNet.Tests;

/// <summary>
/// A client that keeps the live games by the rules of docs/protocol.md#following-the-games, reading nothing but what goes over
/// the wire.
/// </summary>
internal sealed class ClientModel : FrameClient
{
    private readonly SortedDictionary<string, string> _live = new(StringComparer.Ordinal);

    /// <summary>The number of the last frame that had one in the stream's order.</summary>
    public long Seq { get; private set; } = -1;

    /// <summary>The fields that are promised to a client, one line per live game.</summary>
    public string Games => string.Join('\n', _live.Values);

    /// <summary>The same of a board.</summary>
    /// <param name="board">The board.</param>
    /// <param name="filter">Which games.</param>
    public static string GamesOf(GameBoard board, EventFilter? filter = null) => string.Join('\n', board.LiveGames
        .Where((filter ?? EventFilter.None).Selects)
        .OrderBy(game => game.GameId, StringComparer.Ordinal)
        .Select(g => Line(g.GameId, "live", g.Scores.ScoreHome, g.Scores.ScoreAway, g.Scores.Period, g.Scores.Clock)));

    protected override void TakeDelta(JsonElement frame)
    {
        Advance(frame);
        switch (frame.Type())
        {
            case "new_game" or "status_change":
                Put(frame.GetProperty("game"));
                break;
            case "score_change" or "game_final":
                var id = frame.GetProperty("game_id").GetString()!;
                if (_live.ContainsKey(id))
                {
                    _live[id] = Line(id, "live", frame);
                }

                break;
        }
    }

    protected override void TakeSnapshot(JsonElement frame)
    {
        Assert.True(frame.Seq() >= Seq, $"snapshot {frame.Seq()} after {Seq}");
        Assert.Equal(frame.GetProperty("count").GetInt32(), frame.GetProperty("games").GetArrayLength());
        Seq = frame.Seq();
        _live.Clear();
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
        if (game.GetProperty("scores").GetProperty("is_live").GetBoolean())
        {
            _live[id] = Line(id, game.GetProperty("status").GetString()!, game.GetProperty("scores"));
        }
        else
        {
            _live.Remove(id);
        }
    }

    private static string Line(string id, string status, JsonElement scores) => Line(
        id, status, Number(scores, "score_home"), Number(scores, "score_away"),
        scores.GetProperty("period").GetString(), scores.GetProperty("clock").GetString());

    private static string Line(string id, string status, int? home, int? away, string? period, string? clock) =>
        $"{id} {status} {home?.ToString() ?? "null"}-{away?.ToString() ?? "null"} {period ?? "null"} {clock ?? "null"}";

    private static int? Number(JsonElement scores, string name) =>
        scores.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;
}
