using System.Text.Json;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Feed;

/// <summary>Writes an observation as the line that <see cref="FeedParser"/> reads back as the same observation. Pure.</summary>
internal static class ObservationWriter
{
    /// <summary>Writes one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="observation">What a source saw.</param>
    /// <param name="at">When it was applied, from the start of its recording; written in seconds. Null outside a recording.</param>
    public static void Write(Utf8JsonWriter json, Observation observation, TimeSpan? at)
    {
        json.WriteStartObject();
        if (at is { } applied)
        {
            json.WriteNumber("at"u8, Math.Round((decimal)applied.TotalSeconds, 3));
        }

        switch (observation)
        {
            case GameObservation game:
                json.WriteString("type"u8, "game"u8);
                WireJson.WriteFields(json, game.Game);
                break;
            case PriceObservation price:
                json.WriteString("type"u8, "price"u8);
                json.WriteString("game_id"u8, price.GameId);
                json.WriteString("pn_market_type"u8, price.Key.MarketType);
                json.WriteString("book"u8, price.Key.Book);
                json.WriteString("outcome"u8, price.Key.Outcome);
                WireJson.WriteNumber(json, "points"u8, price.Key.Points);
                WireJson.WriteNumber(json, "price"u8, price.Price);
                json.WriteString("player_id"u8, price.PlayerId);
                WireJson.WriteReason(json, price.Reason);
                MarketsJson.WriteMain(json, price.IsMain);
                break;
            case WithdrawObservation withdrawal:
                json.WriteString("type"u8, "withdraw"u8);
                json.WriteString("game_id"u8, withdrawal.GameId);
                json.WriteString("book"u8, withdrawal.Book);
                json.WriteString("pn_market_type"u8, withdrawal.MarketType);
                WireJson.WriteReason(json, withdrawal.Reason);
                break;
            case RemoveObservation removal:
                json.WriteString("type"u8, "remove"u8);
                json.WriteString("game_id"u8, removal.GameId);
                break;
            default:
                throw new ArgumentException($"no line for {observation.GetType().Name}", nameof(observation));
        }

        // The sequence of a message means nothing outside its stream.
        if (observation.Rev.IsOwn)
        {
            json.WriteNumber("rev"u8, observation.Rev.Number);
        }

        json.WriteString("source"u8, observation.Source);
        if (observation.Ts is { } ts)
        {
            json.WriteNumber("ts"u8, ts);
        }
        else
        {
            json.WriteNull("ts"u8);
        }

        json.WriteEndObject();
    }
}
