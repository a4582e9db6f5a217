namespace PushNet.Actors.Games;

/// <summary>
/// What the board holds at most, and for how long (docs/feeding.md#limits). The defaults are in <c>hocon/pushnet.hocon</c>.
/// </summary>
public sealed record BoardLimits
{
    /// <summary>Games at once; a further one is rejected.</summary>
    public required int MaxGames { get; init; }

    /// <summary>Outcomes at once over all games, withdrawn ones included because their marks are kept; a further one is rejected.</summary>
    public required int MaxOutcomes { get; init; }

    /// <summary>How long a game that is not live stays after its last accepted observation.</summary>
    public required TimeSpan GameRetention { get; init; }

    /// <summary>The same for games of the demo.</summary>
    public required TimeSpan DemoRetention { get; init; }

    /// <summary>How far an observation's <c>ts</c> may lie ahead of the server's clock.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromMinutes(5);
}
