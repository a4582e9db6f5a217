using PushNet.Actors.Games;

namespace PushNet.Actors.Log.Entries;

/// <summary>
/// What all servers on one log must have in common. It stands in the log: the first server takes its own settings, later ones take
/// what they find. When two begin at the same time, what stands later in the log counts.
/// </summary>
/// <param name="Number">See <see cref="BoardRules"/>.</param>
/// <param name="MaxGames">See <see cref="BoardLimits.MaxGames"/>.</param>
/// <param name="MaxOutcomes">See <see cref="BoardLimits.MaxOutcomes"/>.</param>
/// <param name="GameRetention">See <see cref="BoardLimits.GameRetention"/>; whole milliseconds.</param>
/// <param name="MaxConnections">Connections over all servers; 0 for no cap.</param>
public sealed record LogRules(int Number, int MaxGames, int MaxOutcomes, TimeSpan GameRetention, int MaxConnections)
{
    /// <summary>The settings of a server as rules.</summary>
    /// <param name="limits">What its board holds.</param>
    /// <param name="maxConnections">Connections over all servers; 0 for no cap.</param>
    public static LogRules Of(BoardLimits limits, int maxConnections) => new(
        BoardRules.Highest,
        limits.MaxGames,
        limits.MaxOutcomes,
        TimeSpan.FromMilliseconds((long)limits.GameRetention.TotalMilliseconds),
        maxConnections);

    /// <summary>The same limits but for what is in the rules.</summary>
    public BoardLimits In(BoardLimits limits) =>
        limits with { MaxGames = MaxGames, MaxOutcomes = MaxOutcomes, GameRetention = GameRetention };
}
