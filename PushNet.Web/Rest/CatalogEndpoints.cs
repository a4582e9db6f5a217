using System.Text.Json;
using PushNet.Actors.Games;

namespace PushNet.Web.Rest;

/// <summary><c>/v1/sports</c> and <c>/v1/leagues</c>: what there is on the board.</summary>
internal static class CatalogEndpoints
{
    public static Task Sports(HttpContext context, BoardReader reader)
    {
        var view = reader.View;
        return reader.WriteAsync(context, view, json =>
        {
            json.WriteStartObject();
            json.WriteList("sports"u8, GroupBy(view, game => game.SportCategory), sport =>
            {
                json.WriteStartObject();
                json.WriteString("sport_category"u8, sport.Key);
                WriteCounts(json, sport);
                json.WriteEndObject();
            });
            json.WriteEndObject();
        });
    }

    public static Task Leagues(HttpContext context, BoardReader reader)
    {
        var view = reader.View;
        return reader.WriteAsync(context, view, json =>
        {
            json.WriteStartObject();
            json.WriteList("leagues"u8, GroupBy(view, game => game.PnLeagueCode), league =>
            {
                json.WriteStartObject();
                json.WriteString("pn_code"u8, league.Key);
                json.WriteString("name"u8, LeagueNames.Of(league.Key));
                json.WriteString("sport_category"u8, league.First().SportCategory);
                WriteCounts(json, league);
                json.WriteEndObject();
            });
            json.WriteEndObject();
        });
    }

    private static List<IGrouping<string, Game>> GroupBy(BoardView view, Func<Game, string> key) =>
        [.. view.Games.Select(shown => shown.Game).GroupBy(key, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)];

    private static void WriteCounts(Utf8JsonWriter json, IEnumerable<Game> games)
    {
        json.WriteNumber("live_count"u8, games.Count(game => game.IsLive));
        json.WriteNumber("game_count"u8, games.Count());
    }
}
