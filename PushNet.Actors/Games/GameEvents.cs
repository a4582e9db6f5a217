namespace PushNet.Actors.Games;

/// <summary>Which events lead from one state of a game to the next (docs/protocol.md#deltas). Pure.</summary>
internal static class GameEvents
{
    /// <summary>Compares two states of a game.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="after">The state now.</param>
    /// <param name="ts">The time of the events, epoch milliseconds.</param>
    /// <param name="seq">The number of the last event before them.</param>
    /// <returns>The events in order; the last has the number of the newest event.</returns>
    public static List<GameEvent> Between(Game before, Game after, long ts, long seq)
    {
        var events = new List<GameEvent>(4);
        if (!IsSameMatch(before, after))
        {
            events.Add(new GameUpdate(after, ts, ++seq));
        }

        if (!IsSameScore(before.Scores, after.Scores))
        {
            events.Add(new ScoreChange(after, ts, ++seq));
        }

        if (before.Status != after.Status)
        {
            events.Add(new StatusChange(after, before.Status, ts, ++seq));
            if (after.Status is GameStatus.Final)
            {
                events.Add(new GameFinal(after, ts, ++seq));
            }
        }

        // Where the whole game is told, its details are told with it.
        if (!events.Exists(one => one is GameUpdate or StatusChange) && !HasSameDetails(before.Scores, after.Scores))
        {
            events.Add(new GameUpdate(after, ts, seq) { IsOfDetails = true });
        }

        return events;
    }

    private static bool IsSameMatch(Game a, Game b) =>
        (a.PnSlug, a.StartDate, a.Venue, a.Broadcast, a.StatusDetail, a.Winner)
            == (b.PnSlug, b.StartDate, b.Venue, b.Broadcast, b.StatusDetail, b.Winner)
        && a.HomeTeam == b.HomeTeam && a.AwayTeam == b.AwayTeam;

    private static bool IsSameScore(Scores a, Scores b) =>
        (a.ScoreHome, a.ScoreAway, a.Period, a.Clock) == (b.ScoreHome, b.ScoreAway, b.Period, b.Clock) && a.Periods == b.Periods;

    private static bool HasSameDetails(Scores a, Scores b) =>
        (a.LastPlay, a.CurrentDownAndDistance, a.Weather, a.WeatherTemp, a.WeatherTempHigh, a.HomeStarter, a.AwayStarter)
            == (b.LastPlay, b.CurrentDownAndDistance, b.Weather, b.WeatherTemp, b.WeatherTempHigh, b.HomeStarter, b.AwayStarter);
}
