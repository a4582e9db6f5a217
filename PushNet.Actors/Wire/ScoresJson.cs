using System.Text.Json;
using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>The JSON of scores (docs/protocol.md#objects).</summary>
public static class ScoresJson
{
    /// <summary>Writes <c>scores</c>, with its name.</summary>
    public static void Write(Utf8JsonWriter json, Game game)
    {
        var scores = game.Scores;
        json.WriteStartObject("scores"u8);
        json.WriteString("status"u8, ScoresStatusName(game.Status));
        WriteScore(json, scores);
        json.WriteBoolean("is_live"u8, game.IsLive);
        json.WriteString("last_play"u8, scores.LastPlay);
        json.WriteString("current_down_and_distance"u8, scores.CurrentDownAndDistance);
        json.WriteString("weather"u8, scores.Weather);
        json.WriteString("weather_temp"u8, scores.WeatherTemp);
        json.WriteString("weather_temp_high"u8, scores.WeatherTempHigh);
        json.WriteString("home_starter"u8, scores.HomeStarter);
        json.WriteString("away_starter"u8, scores.AwayStarter);
        WritePeriods(json, scores.Periods);
        json.WriteEndObject();
    }

    /// <summary>Writes the score with its period and clock into an object that is open.</summary>
    internal static void WriteScore(Utf8JsonWriter json, Scores scores)
    {
        WireJson.WriteNumber(json, "score_home"u8, scores.ScoreHome);
        WireJson.WriteNumber(json, "score_away"u8, scores.ScoreAway);
        json.WriteString("period"u8, scores.Period);
        json.WriteString("clock"u8, scores.Clock);
    }

    /// <summary>Writes <c>periods</c> with its name; nothing when there are none.</summary>
    internal static void WritePeriods(Utf8JsonWriter json, PeriodScores? periods)
    {
        if (periods is null)
        {
            return;
        }

        json.WriteStartArray("periods"u8);
        foreach (var period in periods.All)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, period.Name);
            WireJson.WriteNumber(json, "home"u8, period.Home);
            WireJson.WriteNumber(json, "away"u8, period.Away);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Scores.status is capitalized, unlike Game.status (docs/protocol.md#objects).
    private static ReadOnlySpan<byte> ScoresStatusName(GameStatus status) => status switch
    {
        GameStatus.Unplayed => "Unplayed"u8,
        GameStatus.Live => "Live"u8,
        _ => "Final"u8,
    };
}
