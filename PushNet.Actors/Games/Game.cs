using System.Globalization;

namespace PushNet.Actors.Games;

/// <summary>A game as a source saw it: identity, teams and state. Immutable; equal when every field is equal.</summary>
public sealed record Game
{
    /// <summary>The feed's own id, unique on the board; 1 to 256 characters.</summary>
    public required string GameId { get; init; }

    /// <summary>Readable id, <c>{league}-{away}-{home}-{date}</c>. Once set it stays.</summary>
    public string? PnSlug { get; init; }

    /// <summary>League code, for instance <c>nba</c>. Fixed by the first observation.</summary>
    public required string PnLeagueCode { get; init; }

    /// <summary>Sport, for instance <c>basketball</c>. Fixed by the first observation.</summary>
    public required string SportCategory { get; init; }

    /// <summary>Scheduled start, ISO 8601 UTC, kept as the source wrote it.</summary>
    public required string StartDate { get; init; }

    /// <summary>The same as a moment. A date alone is its first moment.</summary>
    public DateTimeOffset Start => DateTimeOffset.TryParse(
        StartDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start) ? start : DateTimeOffset.MinValue;

    /// <summary>Where the game is in its life.</summary>
    public required GameStatus Status { get; init; }

    /// <summary>Stadium or hall.</summary>
    public string? Venue { get; init; }

    /// <summary>Who broadcasts it.</summary>
    public string? Broadcast { get; init; }

    /// <summary>The home side.</summary>
    public required Team HomeTeam { get; init; }

    /// <summary>The visiting side.</summary>
    public required Team AwayTeam { get; init; }

    /// <summary>Score, period, clock and what surrounds them.</summary>
    public required Scores Scores { get; init; }

    /// <summary>What has become of it when it does not go as planned; null when it does.</summary>
    public StatusDetail? StatusDetail { get; init; }

    /// <summary>Who won; null when that is not known, or the game is not over.</summary>
    public Winner? Winner { get; init; }

    /// <summary>True while the game is part of snapshots.</summary>
    public bool IsLive => Status is GameStatus.Live;
}
