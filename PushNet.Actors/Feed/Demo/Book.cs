namespace PushNet.Actors.Feed.Demo;

/// <summary>A bookmaker of the demo. The codes sound real; the prices are the odds model's own.</summary>
/// <param name="Code">How it is named on the wire.</param>
/// <param name="Margin">What it keeps, as a share of the probability.</param>
/// <param name="Lean">How far its opinion of the home side is from the model's, in standard deviations.</param>
internal sealed record Book(string Code, double Margin, double Lean)
{
    /// <summary>The books that price every game of the demo.</summary>
    public static readonly IReadOnlyList<Book> All =
    [
        new("pinnacle", 0.022, 0.00),
        new("bet365", 0.048, 0.02),
        new("draftkings", 0.045, -0.03),
        new("fanduel", 0.046, 0.03),
        new("betmgm", 0.050, -0.02),
        new("caesars", 0.052, 0.04),
        new("betrivers", 0.055, -0.04),
        new("unibet", 0.058, 0.01),
    ];
}
