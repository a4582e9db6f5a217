namespace PushNet.Actors.Feed.Demo;

/// <summary>
/// What is to be expected of a game: its margin and total at the end. Both are taken as normally distributed around the current score
/// plus the sport's average for the time left. Points always end in a half, so no bet is ever returned.
/// </summary>
/// <param name="Sport">The sport played.</param>
/// <param name="Margin">Expected points of the home side minus those of the visitors.</param>
/// <param name="Scored">Points that both sides have already.</param>
/// <param name="Total">Points that both sides are expected to have at the end.</param>
/// <param name="Spread">Standard deviations that are left, as a share of a whole game's.</param>
internal readonly record struct OddsModel(Sport Sport, double Margin, int Scored, double Total, double Spread)
{
    // What a book would quote on a near certainty: about -4900 and +4900.
    private const double MostCertain = 0.98;

    /// <summary>The expectation at a score, with a share of regulation time left.</summary>
    public static OddsModel At(Sport sport, int home, int away, double left) =>
        new(sport, home - away + (sport.HomeEdge * left), home + away, home + away + (sport.Total * left), Math.Sqrt(left));

    /// <summary>The expectation of somebody who thinks a little better (or worse) of the home side.</summary>
    /// <param name="deviations">By how many standard deviations.</param>
    public OddsModel Lean(double deviations) => this with { Margin = Margin + (deviations * Sport.MarginSd * Spread) };

    /// <summary>The handicap of the home side that makes both sides about equal.</summary>
    public decimal HomePoints => -Half(Margin);

    /// <summary>The total at which over and under are about equal.</summary>
    public decimal TotalPoints => Half(Total);

    /// <summary>Probability that the home side wins. Without draws, a tie is a coin toss.</summary>
    public double HomeWins => 1 - Below(DrawWidth, Margin, Sport.MarginSd);

    /// <summary>Probability that the visitors win.</summary>
    public double AwayWins => Below(-DrawWidth, Margin, Sport.MarginSd);

    /// <summary>Probability of a draw; 0 where books don't offer it.</summary>
    public double Draw => 1 - HomeWins - AwayWins;

    /// <summary>Probability that the home side wins with a handicap.</summary>
    public double HomeCovers(decimal points) => 1 - Below(-(double)points, Margin, Sport.MarginSd);

    /// <summary>Probability that there are more points than a total.</summary>
    public double Over(decimal points) => 1 - Below((double)points, Total, Sport.TotalSd);

    /// <summary>American odds for a probability: what 100 wins when 100 or more, what must be staked to win 100 when negative.</summary>
    public static decimal American(double probability)
    {
        var p = Math.Clamp(probability, 1 - MostCertain, MostCertain);
        var odds = p < 0.5 ? 100 * (1 - p) / p : 100 * p / (1 - p);
        var step = odds switch { < 250 => 1, < 600 => 5, < 1500 => 25, _ => 100 };
        return (p < 0.5 ? 1.0m : -1.0m) * (decimal)(Math.Round(odds / step) * step);
    }

    private double DrawWidth => Sport.HasDraw ? 0.5 : 0;

    private static decimal Half(double value) => (decimal)Math.Floor(value) + 0.5m;

    private double Below(double value, double mean, double deviation) => Normal((value - mean) / (deviation * Spread));

    // Abramowitz and Stegun 26.2.17; its error of 1e-7 is far below what a price shows.
    private static double Normal(double x)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        var tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return x < 0 ? tail : 1 - tail;
    }
}
