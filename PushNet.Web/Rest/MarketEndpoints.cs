using System.ComponentModel;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;
using PushNet.Web.Sockets;

namespace PushNet.Web.Rest;

/// <summary>One game with its prices.</summary>
internal static class MarketEndpoints
{
    public static Task Game(
        HttpContext context,
        BoardReader reader,
        [Description(GameEndpoints.IdOrSlug)] string id,
        [Description("Only these market types, separated by commas or given by repeating the key.")] string[] market,
        [Description("Only these books, separated by commas or given by repeating the key.")] string[] book)
    {
        var view = reader.View;
        if (view.Find(id) is not { } game)
        {
            return GameEndpoints.NotFound(context.Response, id);
        }

        return reader.WriteAsync(context, view, game, json =>
        {
            var filter = new EventFilter { Market = SubscriptionQuery.ValuesOf(market), Book = SubscriptionQuery.ValuesOf(book) };
            var markets = game.Markets(filter.Selects);
            json.WriteStartObject();
            json.WritePropertyName("game"u8);
            WireJson.Write(json, game.Game);
            json.WriteNumber("market_count"u8, markets.Count);
            json.WriteNumber("outcome_count"u8, markets.Sum(outcomes => outcomes.Count()));
            json.WritePropertyName("markets"u8);
            MarketsJson.Write(json, markets);
        });
    }
}
