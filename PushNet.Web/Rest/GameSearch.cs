using System.Text.Json;
using AnyAscii;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Web.Rest;

/// <summary><c>/v1/games/search</c>. Pure.</summary>
internal static class GameSearch
{
    /// <summary>The most games in one answer.</summary>
    public const int MaxFound = 50;

    /// <summary>
    /// The games in whose team names, slug or league code the text occurs, in any case and with or without accents; the live ones first.
    /// </summary>
    public static List<Game> Find(BoardView view, string text, bool onlyLive)
    {
        // A text that folds to nothing, such as an accent alone, would be in everything.
        Func<string, string> fold = text.Transliterate().Length > 0 ? field => field.Transliterate() : field => field;
        var folded = fold(text);
        return
        [
            .. view.Games.Select(shown => shown.Game)
                .Where(game => (game.IsLive || !onlyLive)
                    && Matches(game, field => fold(field).Contains(folded, StringComparison.OrdinalIgnoreCase)))
                .OrderByDescending(game => game.IsLive)
                .Take(MaxFound),
        ];
    }

    /// <summary>Writes the answer.</summary>
    public static void Write(Utf8JsonWriter json, string text, List<Game> games)
    {
        json.WriteStartObject();
        json.WriteString("query"u8, text);
        json.WriteList("games"u8, games, game => Write(json, game));
        json.WriteEndObject();
    }

    private static bool Matches(Game game, Func<string, bool> isIn) =>
        isIn(game.HomeTeam.Name) || isIn(game.AwayTeam.Name) || (game.PnSlug is { } slug && isIn(slug)) || isIn(game.PnLeagueCode);

    private static void Write(Utf8JsonWriter json, Game game)
    {
        var scores = game.Scores;
        json.WriteStartObject();
        WireJson.WriteIdentity(json, game);
        json.WriteString("sport_category"u8, game.SportCategory);
        json.WriteString("home_team"u8, game.HomeTeam.Name);
        json.WriteString("away_team"u8, game.AwayTeam.Name);
        json.WriteString("start_date"u8, game.StartDate);
        json.WriteString("status"u8, WireJson.StatusName(game.Status));
        json.WriteBoolean("is_live"u8, game.IsLive);
        json.WriteString("score"u8, scores is { ScoreHome: { } home, ScoreAway: { } away } ? $"{home}-{away}" : null);
        json.WriteString("period"u8, scores.Period);
        json.WriteString("clock"u8, scores.Clock);
        WireJson.WriteResult(json, game);
        json.WriteEndObject();
    }
}
