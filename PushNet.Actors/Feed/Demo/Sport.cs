namespace PushNet.Actors.Feed.Demo;

/// <summary>What the odds model has to know about a sport: rough long-term averages of its top leagues.</summary>
internal sealed record Sport
{
    private static readonly Dictionary<string, Sport> All = new()
    {
        ["soccer"] = new()
        {
            HomeEdge = 0.25,
            MarginSd = 1.65,
            Total = 2.7,
            TotalSd = 1.65,
            Tolerance = 0.8,
            HasDraw = true,
            Periods = 2,
            PeriodLength = 45,
        },
        ["basketball"] = new()
        {
            HomeEdge = 2.5,
            MarginSd = 12,
            Total = 205,
            TotalSd = 18,
            Tolerance = 1.5,
            Periods = 4,
            PeriodLength = 720,
            IsScoredByPeriod = true,
        },
        ["football"] = new() { HomeEdge = 1.5, MarginSd = 13, Total = 47, TotalSd = 13, Tolerance = 1.5, Periods = 4, PeriodLength = 900 },
        ["hockey"] = new()
        {
            HomeEdge = 0.2,
            MarginSd = 2.4,
            Total = 5.8,
            TotalSd = 2.4,
            Tolerance = 0.8,
            Periods = 3,
            PeriodLength = 1200,
        },
        ["baseball"] = new() { HomeEdge = 0.2, MarginSd = 4.2, Total = 8.5, TotalSd = 4.2, Tolerance = 0.9, Periods = 9, PeriodLength = 2 },
    };

    /// <summary>Points by which the home side wins on average.</summary>
    public required double HomeEdge { get; init; }

    /// <summary>Standard deviation of the margin over a whole game.</summary>
    public required double MarginSd { get; init; }

    /// <summary>Points of both sides in a whole game.</summary>
    public required double Total { get; init; }

    /// <summary>Standard deviation of the total over a whole game.</summary>
    public required double TotalSd { get; init; }

    /// <summary>How far the expectation may be from a book's points before the book moves them.</summary>
    public required double Tolerance { get; init; }

    /// <summary>True when books offer the draw.</summary>
    public bool HasDraw { get; init; }

    /// <summary>Periods in regulation time.</summary>
    public required int Periods { get; init; }

    /// <summary>What the clock counts in a period: minutes, seconds, or the two halves of an inning.</summary>
    public required int PeriodLength { get; init; }

    /// <summary>
    /// True when the recordings have the score at the end of periods only, so that a silent clock says nothing about scoring.
    /// </summary>
    public bool IsScoredByPeriod { get; init; }

    /// <summary>The sport of a <c>sport_category</c>.</summary>
    public static Sport Of(string category) => All[category];
}
