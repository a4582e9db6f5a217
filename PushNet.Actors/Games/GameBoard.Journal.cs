using PushNet.Actors.Clock;

namespace PushNet.Actors.Games;

/// <summary>Turns the board into what is kept on disk, and back. Games of the demo are never kept.</summary>
public sealed partial class GameBoard
{
    /// <summary>What a commit writes of a game.</summary>
    /// <param name="gameId">The game.</param>
    /// <param name="state">True to write its state.</param>
    /// <param name="outcomes">The outcomes to write.</param>
    /// <returns>Null when the game is gone or is of the demo.</returns>
    internal GameChange? ChangeOf(string gameId, bool state, IReadOnlyCollection<OutcomeKey> outcomes)
    {
        if (!_games.TryGetValue(gameId, out var entry) || entry.IsDemo)
        {
            return null;
        }

        var states = new List<OutcomeState>(outcomes.Count);
        foreach (var key in outcomes)
        {
            // A withdrawal of what was never known leaves nothing but the time of the game's last observation.
            if (entry.Outcomes.Find(key) is { } outcome)
            {
                states.Add(new OutcomeState(key, outcome.Outcome, outcome.Mark));
            }
        }

        return new GameChange(gameId, state ? new GameState(entry.Game, entry.Mark) : null, entry.LastAccepted.WallClock, states);
    }

    /// <summary>The whole board.</summary>
    /// <param name="isFinal">True when no event comes after it.</param>
    /// <param name="now">The current moment. A wall clock that was set in the meantime makes no game older or younger.</param>
    internal BoardImage Image(bool isFinal, Moment now) =>
        new(Seq, isFinal, [.. InOrder(entry => !entry.IsDemo).Select(entry => ImageOf(entry, now))]);

    /// <summary>
    /// Puts a board from disk in place of this one. Games of the demo stay, and <see cref="Seq"/> never goes back unless it must.
    /// </summary>
    /// <param name="image">The board from disk.</param>
    /// <param name="now">The current moment.</param>
    /// <param name="isExact">True when <see cref="Seq"/> becomes that of the image in any case.</param>
    internal void Restore(BoardImage image, Moment now, bool isExact = false)
    {
        var demo = InOrder(entry => entry.IsDemo).ToList();
        _games.Clear();
        foreach (var change in image.Games)
        {
            _games.Add(change.GameId, EntryOf(change, now));
        }

        foreach (var entry in demo)
        {
            _games.TryAdd(entry.Game.GameId, entry);
        }

        _slugs.Clear();
        _views.Restart(_games.Values);
        foreach (var entry in _games.Values)
        {
            _views.Add(entry);
            _slugs.Add(entry.Game);
        }

        OutcomeCount = _games.Values.Sum(entry => entry.Outcomes.Count);
        Seq = isExact ? image.Seq : Math.Max(Seq, image.Seq);
        GamesVersion++;
    }

    private static GameChange ImageOf(GameEntry entry, Moment now) => new(
        entry.Game.GameId,
        new GameState(entry.Game, entry.Mark),
        now.OnWallClock(entry.LastAccepted),
        [.. entry.Outcomes.Entries.Select(outcome => new OutcomeState(outcome.Key, outcome.Value.Outcome, outcome.Value.Mark))]);

    private static GameEntry EntryOf(GameChange change, Moment now)
    {
        var entry = new GameEntry(change.State!.Game, isDemo: false)
        {
            Mark = change.State.Mark,
            LastAccepted = now.At(change.LastAccepted),
        };
        foreach (var (key, outcome, mark) in change.Outcomes)
        {
            var known = entry.Outcomes.Add(key);
            known.Mark = mark;
            entry.Outcomes.Set(known, outcome);
        }

        return entry;
    }
}
