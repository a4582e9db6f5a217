using System.Globalization;

namespace PushNet.Actors.Feed.Demo;

/// <summary>Finds how much of a game is left to play from its period and clock, as people write them.</summary>
internal static class GameClock
{
    // While a game goes on, something can still happen, even in added time.
    private const double Least = 0.01;

    /// <summary>The share of regulation time that is left; null when books take no more bets.</summary>
    /// <param name="category">The <c>sport_category</c>.</param>
    /// <param name="period">Null before the game.</param>
    /// <param name="clock">The clock within the period.</param>
    public static double? Left(string category, string? period, string? clock) => (category, period) switch
    {
        (_, null) => 1,
        (_, "PEN") => null,
        ("soccer", _) => Soccer(period, Number(clock)),
        ("baseball", _) => Baseball(Number(period), clock),
        _ => Countdown(Sport.Of(category), period, clock),
    };

    private static double Soccer(string period, int minute)
    {
        var end = period is "FT" || period.StartsWith("ET", StringComparison.Ordinal) ? 120 : 90;
        // Added time of the first half takes nothing from the second.
        var played = period is "1H" ? Math.Min(minute, 45) : minute;
        return Math.Max((end - played) / 90.0, Least);
    }

    private static double Baseball(int inning, string? half)
    {
        var halves = half switch { "Top" => 2, "End" => 0, _ => 1 };
        return Math.Max((((9 - Math.Min(inning, 9)) * 2) + halves) / 18.0, Least);
    }

    private static double Countdown(Sport sport, string period, string? clock)
    {
        var (minutes, seconds) = clock?.Split(':') is [var m, var s] ? (Number(m), Number(s)) : (0, 0);
        var periods = period is "OT" ? 0 : sport.Periods - Number(period);
        return Math.Max(((periods * sport.PeriodLength) + (minutes * 60) + seconds) / (double)(sport.Periods * sport.PeriodLength), Least);
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
