using System.ComponentModel;
using System.Text.Json;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;
using PushNet.Web.Http;

namespace PushNet.Web.Rest;

/// <summary><c>/v1/leagues/{code}</c>: the games of one league. A code that no game has is a league without games.</summary>
internal static class LeagueEndpoints
{
    /// <summary>Describes the <c>{code}</c> of an address.</summary>
    public const string LeagueCode = "League code, in any case.";
    /// <summary>Describes <c>live</c>.</summary>
    public const string OnlyLive = "true: only games that are being played.";

    public static Task Games(
        HttpContext context,
        BoardReader reader,
        [Description(LeagueCode)] string code,
        [Description(OnlyLive)] string? live,
        [Description(GameEndpoints.SeenMeans)] string? seen)
    {
        if (!QueryRule.TryReadSwitch(live, out var onlyLive))
        {
            return context.Response.WriteErrorAsync(StatusCodes.Status400BadRequest, QueryRule.SwitchFault);
        }

        var view = reader.View;
        return seen is null ? reader.WriteAsync(context, view, Write) : reader.WriteSeenAsync(context, null, Write);

        void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("league"u8, code);
            json.WriteList("games"u8, GamesOf(view, code, onlyLive), game =>
                WireJson.Write(json, game.Game, seen: seen is null ? null : game.Seen.Game));
            json.WriteEndObject();
        }
    }

    public static Task Scores(HttpContext context, BoardReader reader, [Description(LeagueCode)] string code)
    {
        var view = reader.View;
        return reader.WriteAsync(context, view, json =>
        {
            json.WriteStartObject();
            json.WriteString("league"u8, code);
            json.WriteList("live"u8, GamesOf(view, code, onlyLive: true), shown =>
            {
                var game = shown.Game;
                json.WriteStartObject();
                json.WriteString("game_id"u8, game.GameId);
                json.WriteString("pn_slug"u8, game.PnSlug);
                json.WriteString("home_team"u8, game.HomeTeam.Name);
                json.WriteString("away_team"u8, game.AwayTeam.Name);
                ScoresJson.Write(json, game);
                WireJson.WriteResult(json, game);
                json.WriteEndObject();
            });
            json.WriteEndObject();
        });
    }

    /// <summary>The games of a league.</summary>
    public static List<GameView> GamesOf(BoardView view, string code, bool onlyLive) =>
        [.. view.Games.Where(shown => shown.Game.PnLeagueCode.Equals(code, StringComparison.OrdinalIgnoreCase)
            && (shown.Game.IsLive || !onlyLive))];
}
