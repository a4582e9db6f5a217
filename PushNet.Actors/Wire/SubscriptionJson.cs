using System.Text.Json;
using PushNet.Actors.Subscriptions;

namespace PushNet.Actors.Wire;

/// <summary>What a <c>welcome</c> says about what its client asked for. A client that asked for nothing is told nothing.</summary>
internal static class SubscriptionJson
{
    /// <summary>Writes the fields behind the documented ones.</summary>
    public static void Write(Utf8JsonWriter json, Subscription subscription)
    {
        if (!subscription.Filter.IsNone)
        {
            Write(json, subscription.Filter);
        }

        if (subscription.Group.HasPrices)
        {
            json.WriteString("prices"u8, "snapshot"u8);
        }

        if (subscription.Group.IsConflated)
        {
            json.WriteNumber("conflate"u8, (int)subscription.Conflate.TotalMilliseconds);
            json.WriteString("order"u8, "seq grows over the state events, and over the prices of one outcome, not across the two"u8);
        }

        if (subscription.Group.HasDetails)
        {
            json.WriteNumber("details"u8, 1);
        }

        if (subscription.Group.HasAllGames)
        {
            json.WriteString("games"u8, "all"u8);
        }
    }

    private static void Write(Utf8JsonWriter json, EventFilter filter)
    {
        json.WriteStartObject("filter"u8);
        Write(json, "league"u8, filter.League);
        Write(json, "sport"u8, filter.Sport);
        Write(json, "game"u8, filter.Game);
        Write(json, "book"u8, filter.Book);
        Write(json, "market"u8, filter.Market);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> key, AnyOf values)
    {
        if (values.IsEverything)
        {
            return;
        }

        json.WriteStartArray(key);
        foreach (var value in values.Values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
