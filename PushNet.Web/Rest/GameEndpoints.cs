using System.ComponentModel;
using PushNet.Actors.Wire;
using PushNet.Web.Http;

namespace PushNet.Web.Rest;

/// <summary>States of games, without prices.</summary>
internal static class GameEndpoints
{
    /// <summary>Describes the <c>{id}</c> of an address.</summary>
    public const string IdOrSlug = "A game's id or slug.";

    /// <summary>Describes <c>seen</c>.</summary>
    public const string SeenMeans = "1: each game and outcome has its mark, the time at which a source confirmed it last.";

    public static Task Live(HttpContext context, BoardReader reader, [Description(SeenMeans)] string? seen)
    {
        if (seen is null)
        {
            return reader.WriteLiveAsync(context);
        }

        var view = reader.View;
        return reader.WriteSeenAsync(context, view, json =>
        {
            json.WriteStartObject();
            json.WriteList(
                "games"u8, [.. view.Games.Where(shown => shown.Game.IsLive)],
                shown => WireJson.Write(json, shown.Game, seen: shown.Seen.Game));
        });
    }

    public static Task Scores(HttpContext context, BoardReader reader, [Description(IdOrSlug)] string id)
    {
        var view = reader.View;
        if (view.Find(id)?.Game is not { } game)
        {
            return NotFound(context.Response, id);
        }

        return reader.WriteAsync(context, view, json =>
        {
            json.WriteStartObject();
            WireJson.WriteIdentity(json, game);
            json.WriteString("home_team"u8, game.HomeTeam.Name);
            json.WriteString("away_team"u8, game.AwayTeam.Name);
            json.WriteString("status"u8, WireJson.StatusName(game.Status));
            ScoresJson.Write(json, game);
            WireJson.WriteResult(json, game);
            json.WriteEndObject();
        });
    }

    public static Task Search(
        HttpContext context,
        BoardReader reader,
        [Description("Part of a team's name, a slug or a league code, in any case and with or without accents. Must be given.")] string? q,
        [Description("true: only games that are being played.")] string? live)
    {
        if (q is null)
        {
            return context.Response.WriteErrorAsync(StatusCodes.Status400BadRequest, "say what to search for: q=...");
        }

        if (!QueryRule.TryReadSwitch(live, out var onlyLive))
        {
            return context.Response.WriteErrorAsync(StatusCodes.Status400BadRequest, QueryRule.SwitchFault);
        }

        var view = reader.View;
        return reader.WriteAsync(context, view, json => GameSearch.Write(json, q, GameSearch.Find(view, q, onlyLive)));
    }

    /// <summary>Answers that there is no such game.</summary>
    public static Task NotFound(HttpResponse response, string id) =>
        response.WriteErrorAsync(StatusCodes.Status404NotFound, $"there is no game with the id or slug \"{id}\" on the board");
}
