namespace PushNet.Actors.Log.Entries;

/// <summary>
/// The rules by which a log becomes a board. All servers on one log apply it by themselves and must come to the same, so each set of rules
/// has a number, and the log says which one is in force.
/// </summary>
internal static class BoardRules
{
    /// <summary>
    /// The highest number that this version knows. Raise it with every change of which lines <c>FeedParser</c> takes, of what
    /// <c>GameBoard</c> makes of observations, evictions and removals, or of what <c>LogState</c> makes of an entry.
    /// </summary>
    public const int Highest = 1;

    /// <summary>
    /// The lowest number that this version knows. A version knows the rules of the one before, so that servers can be upgraded one after
    /// the other.
    /// </summary>
    public const int Lowest = 1;

    /// <summary>What this version knows, for operators.</summary>
    public static string Known => Lowest == Highest ? $"rules {Highest}" : $"rules {Lowest} to {Highest}";

    /// <summary>Tells whether this version knows rules.</summary>
    public static bool Knows(int number) => number is >= Lowest and <= Highest;
}
