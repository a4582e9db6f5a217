using PushNet.Actors.Clock;

namespace PushNet.Actors.Games;

/// <summary>What operators ask of the board.</summary>
public sealed partial class GameBoard
{
    /// <summary>Everything that is kept of a game; null when it is not known.</summary>
    public GameInspection? Inspect(string gameId) => _games.TryGetValue(gameId, out var entry)
        ? new GameInspection(
            entry.Game,
            entry.IsDemo,
            entry.Mark.Ts,
            entry.LastAccepted.WallClock,
            [.. entry.Outcomes.Entries.Select(
                o => new OutcomeInspection(o.Key, o.Value.Outcome?.Price, o.Value.Outcome?.PlayerId, o.Value.Mark.Ts))])
        : null;

    /// <summary>Takes a game and its prices off the board.</summary>
    /// <param name="gameId">The game.</param>
    /// <param name="now">The current moment.</param>
    /// <param name="left">Called with the game's id, unless the game is of the demo.</param>
    /// <returns>The events that it caused: a live game ends first, because clients let go of it only then.</returns>
    public ApplyResult Remove(string gameId, Moment now, Action<string>? left = null)
    {
        if (!_games.TryGetValue(gameId, out var entry))
        {
            return NotKnown(gameId);
        }

        return Remove(entry, now.Ts, left);
    }

    private static ApplyResult NotKnown(string gameId) => ApplyResult.Rejected($"game {gameId} is not known");

    private ApplyResult ApplyRemoval(RemoveObservation removal, Moment now, bool isDemo)
    {
        if (!_games.TryGetValue(removal.GameId, out var entry))
        {
            return NotKnown(removal.GameId);
        }

        return entry.IsDemo != isDemo ? OfOthers(entry)
            : entry.Mark.IsAhead(removal) ? ApplyResult.Stale
            : Remove(entry, removal.Ts ?? now.Ts, left: null);
    }

    private ApplyResult Remove(GameEntry entry, long ts, Action<string>? left)
    {
        var events = entry.Game.IsLive ? GameEvents.Between(entry.Game, entry.Game with { Status = GameStatus.Final }, ts, Seq) : [];
        Seq = events is [.., var last] ? last.Seq : Seq;
        return ApplyResult.Applied([.. events, .. Forget([entry], ts, left)]);
    }
}
