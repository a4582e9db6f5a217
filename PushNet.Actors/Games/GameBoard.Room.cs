using PushNet.Actors.Clock;

namespace PushNet.Actors.Games;

/// <summary>Decides which game leaves a full board, because a new live game must find room (docs/feeding.md#limits).</summary>
public sealed partial class GameBoard
{
    /// <summary>The most games that it holds.</summary>
    public int MaxGames => Limits.MaxGames;

    /// <summary>Games that left so far to make room for others.</summary>
    public long EvictedCount { get; private set; }

    // Returns the events that this caused, or null when there is no room.
    private IReadOnlyList<GameEvent>? MakeRoom(GameObservation coming, Moment now, bool isDemo, Action<string>? left)
    {
        if (_games.Count < Limits.MaxGames)
        {
            return [];
        }

        if (!coming.Game.IsLive || FindDispensable(isDemo) is not { } entry)
        {
            return null;
        }

        EvictedCount++;
        return Forget([entry], coming.Ts ?? now.Ts, left);
    }

    // First the game that ended longest ago, then the unplayed game without prices that starts last. The demo displaces only its own games.
    private GameEntry? FindDispensable(bool isDemo)
    {
        var candidates = _games.Values.Where(entry => entry.IsDemo || !isDemo).ToList();
        return candidates.Where(entry => entry.Game.Status is GameStatus.Final)
                .OrderBy(entry => entry.LastAccepted).ThenBy(entry => entry.Slot).FirstOrDefault()
            ?? candidates.Where(entry => entry.Game.Status is GameStatus.Unplayed && !entry.Outcomes.HasPrices)
                .OrderByDescending(entry => entry.Game.Start).ThenBy(entry => entry.Slot).FirstOrDefault();
    }
}
