using System.ComponentModel;
using System.Text.Json;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;
using PushNet.Web.Http;
using PushNet.Web.Sockets;

namespace PushNet.Web.Rest;

/// <summary>Games with their prices.</summary>
internal static class MarketEndpoints
{
    private const string Markets = "Only these market types, separated by commas or given by repeating the key.";
    private const string Books = "Only these books, separated by commas or given by repeating the key.";

    public static Task Game(
        HttpContext context,
        BoardReader reader,
        [Description(GameEndpoints.IdOrSlug)] string id,
        [Description(Markets)] string[] market,
        [Description(Books)] string[] book,
        [Description(GameEndpoints.SeenMeans)] string? seen)
    {
        var view = reader.View;
        if (view.Find(id) is not { } game)
        {
            return GameEndpoints.NotFound(context.Response, id);
        }

        return seen is null ? reader.WriteAsync(context, view, game, Write) : reader.WriteSeenAsync(context, view, Write);

        void Write(Utf8JsonWriter json)
        {
            var markets = game.Markets(FilterOf(market, book).Selects);
            json.WriteStartObject();
            json.WritePropertyName("game"u8);
            WireJson.Write(json, game.Game, seen: seen is null ? null : game.Seen.Game);
            json.WriteNumber("market_count"u8, markets.Count);
            json.WriteNumber("outcome_count"u8, markets.Sum(outcomes => outcomes.Count()));
            json.WritePropertyName("markets"u8);
            MarketsJson.Write(json, markets, seen is null ? null : game.SeenOutcomes());
        }
    }

    public static Task League(
        HttpContext context,
        BoardReader reader,
        [Description(LeagueEndpoints.LeagueCode)] string code,
        [Description(Markets)] string[] market,
        [Description(Books)] string[] book,
        [Description(LeagueEndpoints.OnlyLive)] string? live,
        [Description(GameEndpoints.SeenMeans)] string? seen)
    {
        if (!QueryRule.TryReadSwitch(live, out var onlyLive))
        {
            return context.Response.WriteErrorAsync(StatusCodes.Status400BadRequest, QueryRule.SwitchFault);
        }

        var view = reader.View;
        var games = LeagueEndpoints.GamesOf(view, code, onlyLive);
        return seen is null ? reader.WriteAsync(context, view, games, Write) : reader.WriteSeenAsync(context, view, Write);

        void Write(Utf8JsonWriter json)
        {
            var filter = FilterOf(market, book);
            json.WriteStartObject();
            json.WriteString("league"u8, code);
            json.WriteList("games"u8, games, game =>
            {
                json.WriteStartObject();
                json.WriteString("game_id"u8, game.Game.GameId);
                json.WriteString("pn_slug"u8, game.Game.PnSlug);
                json.WritePropertyName("seen"u8);
                JsonSerializer.Serialize(json, game.Seen.Game);
                json.WritePropertyName("markets"u8);
                MarketsJson.Write(json, game.Markets(filter.Selects), seen is null ? null : game.SeenOutcomes());
                json.WriteEndObject();
            });
        }
    }

    private static EventFilter FilterOf(string[] market, string[] book) =>
        new() { Market = SubscriptionQuery.ValuesOf(market), Book = SubscriptionQuery.ValuesOf(book) };
}
