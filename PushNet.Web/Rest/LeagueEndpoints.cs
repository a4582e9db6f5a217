using System.ComponentModel;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;
using PushNet.Web.Http;

namespace PushNet.Web.Rest;

/// <summary><c>/v1/leagues/{code}</c>: the games of one league. A code that no game has is a league without games.</summary>
internal static class LeagueEndpoints
{
    private const string LeagueCode = "League code, in any case.";
    private const string OnlyLive = "true: only games that are being played.";

    public static Task Games(
        HttpContext context, BoardReader reader, [Description(LeagueCode)] string code, [Description(OnlyLive)] string? live)
    {
        if (!QueryRule.TryReadSwitch(live, out var onlyLive))
        {
            return context.Response.WriteErrorAsync(StatusCodes.Status400BadRequest, QueryRule.SwitchFault);
        }

        var view = reader.View;
        return reader.WriteAsync(context, view, json =>
        {
            json.WriteStartObject();
            json.WriteString("league"u8, code);
            json.WriteList("games"u8, GamesOf(view, code, onlyLive), game => WireJson.Write(json, game));
            json.WriteEndObject();
        });
    }

    public static Task Scores(HttpContext context, BoardReader reader, [Description(LeagueCode)] string code)
    {
        var view = reader.View;
        return reader.WriteAsync(context, view, json =>
        {
            json.WriteStartObject();
            json.WriteString("league"u8, code);
            json.WriteList("live"u8, GamesOf(view, code, onlyLive: true), game =>
            {
                json.WriteStartObject();
                json.WriteString("game_id"u8, game.GameId);
                json.WriteString("pn_slug"u8, game.PnSlug);
                json.WriteString("home_team"u8, game.HomeTeam.Name);
                json.WriteString("away_team"u8, game.AwayTeam.Name);
                WireJson.WriteScores(json, game);
                WireJson.WriteResult(json, game);
                json.WriteEndObject();
            });
            json.WriteEndObject();
        });
    }

    private static List<Game> GamesOf(BoardView view, string code, bool onlyLive) =>
        [.. view.Games.Select(shown => shown.Game)
            .Where(game => game.PnLeagueCode.Equals(code, StringComparison.OrdinalIgnoreCase) && (game.IsLive || !onlyLive))];
}
