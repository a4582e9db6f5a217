using System.Text.Json;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Games;

namespace PushNet.Tests;

/// <summary>
/// The client of the last paragraph of contract section 2: keeps a map of live games from the snapshot and the deltas,
/// reading nothing but what goes over the wire.
/// </summary>
internal sealed class ClientModel
{
    private readonly SortedDictionary<string, string> _live = new(StringComparer.Ordinal);

    /// <summary>The number of the last frame that had one in the stream's order.</summary>
    public long Seq { get; private set; } = -1;

    /// <summary>Snapshots seen.</summary>
    public int Snapshots { get; private set; }

    /// <summary>The sum of all <c>lagged</c> frames.</summary>
    public long Dropped { get; private set; }

    /// <summary>Deltas applied.</summary>
    public int Deltas { get; private set; }

    /// <summary>The fields that the contract promises, one line per live game.</summary>
    public string Games => string.Join('\n', _live.Values);

    /// <summary>The same of a board.</summary>
    /// <param name="board">The board.</param>
    /// <param name="filter">Which games.</param>
    public static string GamesOf(GameBoard board, EventFilter? filter = null) => string.Join('\n', board.LiveGames
        .Where((filter ?? EventFilter.None).Selects)
        .OrderBy(game => game.GameId, StringComparer.Ordinal)
        .Select(g => Line(g.GameId, "live", g.Scores.ScoreHome, g.Scores.ScoreAway, g.Scores.Period, g.Scores.Clock)));

    public void Take(IEnumerable<JsonElement> frames)
    {
        foreach (var frame in frames)
        {
            Take(frame);
        }
    }

    public void Take(JsonElement frame)
    {
        switch (frame.Type())
        {
            case "snapshot":
                TakeSnapshot(frame);
                break;
            case "lagged":
                Dropped += frame.GetProperty("dropped").GetInt64();
                break;
            case "new_game" or "status_change":
                Advance(frame);
                Put(frame.GetProperty("game"));
                break;
            case "score_change" or "game_final":
                Advance(frame);
                var id = frame.GetProperty("game_id").GetString()!;
                if (_live.ContainsKey(id))
                {
                    _live[id] = Line(id, "live", frame);
                }

                break;
            case "price_change":
                Advance(frame);
                break;
        }
    }

    private void TakeSnapshot(JsonElement frame)
    {
        Assert.True(frame.Seq() >= Seq, $"snapshot {frame.Seq()} after {Seq}");
        Assert.Equal(frame.GetProperty("count").GetInt32(), frame.GetProperty("games").GetArrayLength());
        Seq = frame.Seq();
        Snapshots++;
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
        Deltas++;
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
