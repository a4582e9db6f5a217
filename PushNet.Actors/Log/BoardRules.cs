namespace PushNet.Actors.Log;

/// <summary>
/// The rules by which a log becomes a board. All servers on one log apply it by themselves and must come to the same, so two versions
/// with different rules can't share one.
/// </summary>
internal static class BoardRules
{
    /// <summary>
    /// Raise it with every change of which lines <c>FeedParser</c> takes, of what <c>GameBoard</c> makes of observations, evictions and
    /// removals, or of what <see cref="LogState"/> makes of an entry.
    /// </summary>
    public const int Number = 1;
}
