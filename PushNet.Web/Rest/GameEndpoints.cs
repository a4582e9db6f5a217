using System.ComponentModel;
using System.Text;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Web.Rest;

/// <summary>States of games, without prices.</summary>
internal static class GameEndpoints
{
    /// <summary>Describes the <c>{id}</c> of an address.</summary>
    public const string IdOrSlug = "A game's id or slug.";

    public static async Task Live(HttpContext context, BoardReader reader)
    {
        var view = reader.View;
        if (reader.IsHeld(context, view))
        {
            return;
        }

        // The games are encoded already; only the frame around them is made here.
        var games = reader.LiveGamesOf(view);
        var (head, tail) = ($$"""{"count":{{games.Count}},"games":""", $$""","seq":{{view.Seq}}}""");
        context.Response.ContentType = BoardReader.JsonType;
        var total = head.Length + games.Json.Length + tail.Length;
        context.Response.ContentLength = total;

        // The headers first and then room for all of the body at once, so that Kestrel copies it once.
        await context.Response.StartAsync(context.RequestAborted);
        var body = context.Response.BodyWriter;
        var room = body.GetSpan(total);
        Encoding.ASCII.GetBytes(head, room);
        games.Json.Span.CopyTo(room[head.Length..]);
        Encoding.ASCII.GetBytes(tail, room[(head.Length + games.Json.Length)..]);
        body.Advance(total);
        await body.FlushAsync(context.RequestAborted);
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
            WireJson.WriteScores(json, game);
            json.WriteEndObject();
        });
    }

    public static Task Search(
        HttpContext context,
        BoardReader reader,
        [Description("Part of a team's name, a slug or a league code, in any case. Must be given.")] string? q,
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
