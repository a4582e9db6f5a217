using System.Text.Json;
using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>The prices of a game as JSON: an object of market type to array of Outcome (docs/protocol.md#rest).</summary>
public static class MarketsJson
{
    /// <summary>Writes <c>markets</c>, without its name.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="markets">Outcomes by market type, as <see cref="GameBoard.MarketsOf"/> gives them.</param>
    /// <param name="seen">The marks that are written behind the outcomes; null for none.</param>
    public static void Write(
        Utf8JsonWriter json, ILookup<string, Outcome> markets, IReadOnlyDictionary<OutcomeKey, long>? seen = null)
    {
        json.WriteStartObject();
        foreach (var market in markets)
        {
            json.WriteStartArray(market.Key);
            foreach (var outcome in market)
            {
                Write(json, outcome, seen);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Outcome outcome, IReadOnlyDictionary<OutcomeKey, long>? seen)
    {
        json.WriteStartObject();
        json.WriteString("book"u8, outcome.Key.Book);
        json.WriteString("outcome"u8, outcome.Key.Outcome);
        WireJson.WriteNumber(json, "price"u8, outcome.Price);
        WireJson.WriteNumber(json, "points"u8, outcome.Key.Points);
        json.WriteString("player_id"u8, outcome.PlayerId);
        json.WriteNumber("ts"u8, outcome.Ts);
        WriteMain(json, outcome.IsMain);
        if (seen is not null && seen.TryGetValue(outcome.Key, out var ts))
        {
            json.WriteNumber("seen"u8, ts);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes <c>main</c> when it is true.</summary>
    internal static void WriteMain(Utf8JsonWriter json, bool isMain)
    {
        if (isMain)
        {
            json.WriteBoolean("main"u8, true);
        }
    }
}
