namespace PushNet.Actors.Games;

/// <summary>What the board holds at most, and for how long (docs/feeding.md#limits).</summary>
public sealed record BoardLimits
{
    /// <summary>Games at once; a further one is rejected.</summary>
    public int MaxGames { get; init; } = 10_000;

    /// <summary>Outcomes at once over all games, withdrawn ones included because their marks are kept; a further one is rejected.</summary>
    public int MaxOutcomes { get; init; } = 1_000_000;

    /// <summary>How long a game that is not live stays after its last accepted observation.</summary>
    public TimeSpan GameRetention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The same for games of the demo.</summary>
    public TimeSpan DemoRetention { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far an observation's <c>ts</c> may lie ahead of the server's clock.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(5);
}
