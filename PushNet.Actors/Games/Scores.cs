namespace PushNet.Actors.Games;

/// <summary>
/// The score of a game and what surrounds it. <c>scores.status</c> and <c>scores.is_live</c> of the wire are not
/// stored: they always follow from <see cref="Game.Status"/>.
/// </summary>
public sealed record Scores
{
    /// <summary>A game about which nothing is known yet.</summary>
    public static readonly Scores None = new();

    /// <summary>Points of the home side.</summary>
    public int? ScoreHome { get; init; }

    /// <summary>Points of the visiting side.</summary>
    public int? ScoreAway { get; init; }

    /// <summary>Period as people write it: <c>2H</c>, <c>3</c>, <c>OT</c>.</summary>
    public string? Period { get; init; }

    /// <summary>Clock as people write it: <c>94</c>, <c>03:42</c>.</summary>
    public string? Clock { get; init; }

    /// <summary>What happened last, in words; up to 1,024 characters.</summary>
    public string? LastPlay { get; init; }

    /// <summary>American football: down and distance.</summary>
    public string? CurrentDownAndDistance { get; init; }

    /// <summary>Weather in words.</summary>
    public string? Weather { get; init; }

    /// <summary>Temperature, as the source wrote it.</summary>
    public string? WeatherTemp { get; init; }

    /// <summary>Expected highest temperature, as the source wrote it.</summary>
    public string? WeatherTempHigh { get; init; }

    /// <summary>Baseball: the home side's starting pitcher.</summary>
    public string? HomeStarter { get; init; }

    /// <summary>Baseball: the visitors' starting pitcher.</summary>
    public string? AwayStarter { get; init; }

    /// <summary>The score by period; null when the source gave none.</summary>
    public PeriodScores? Periods { get; init; }
}
