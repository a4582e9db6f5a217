using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>Reads a board back from a snapshot and the entries behind it. Pure; not thread-safe.</summary>
/// <param name="isIncomplete">True when entries may be missing behind the last.</param>
internal sealed class BoardFold(bool isIncomplete = false)
{
    /// <summary>How far <c>seq</c> jumps when it is not known which numbers were given to events that never came to the disk.</summary>
    public const long SeqJump = 1_000_000;

    private readonly Dictionary<string, FoldedGame> _games = new(StringComparer.Ordinal);
    private long _seq;
    private bool _isFinal = true;

    /// <summary>Starts over from a snapshot.</summary>
    public void Add(BoardImage image)
    {
        _games.Clear();
        (_seq, _isFinal) = (image.Seq, image.IsFinal);
        foreach (var change in image.Games)
        {
            Add(change);
        }
    }

    /// <summary>Takes the next entry in.</summary>
    public void Add(JournalEntry entry)
    {
        // A snapshot may know of later events than the first entries behind it.
        (_seq, _isFinal) = (Math.Max(_seq, entry.Seq), false);
        foreach (var gameId in entry.Removed)
        {
            _games.Remove(gameId);
        }

        foreach (var change in entry.Games)
        {
            Add(change);
        }
    }

    /// <summary>The board as it was read so far.</summary>
    /// <returns>Its <c>seq</c> is past every number that may have been given out.</returns>
    public BoardImage ToImage() =>
        new(_isFinal && !isIncomplete ? _seq : _seq + SeqJump, true, [.. _games.Values.Select(game => game.ToChange())]);

    private void Add(GameChange change)
    {
        if (!_games.TryGetValue(change.GameId, out var game))
        {
            if (change.State is null)
            {
                // The game has left since; its removal comes in a later entry, which may have been lost.
                return;
            }

            game = new FoldedGame(change.State);
            _games.Add(change.GameId, game);
        }

        game.Add(change);
    }

    private sealed class FoldedGame(GameState state)
    {
        private readonly Dictionary<OutcomeKey, OutcomeState> _outcomes = [];
        private GameState _state = state;
        private DateTimeOffset _lastAccepted;

        public void Add(GameChange change)
        {
            _state = change.State ?? _state;
            _lastAccepted = change.LastAccepted;
            foreach (var outcome in change.Outcomes)
            {
                _outcomes[outcome.Key] = outcome;
            }
        }

        public GameChange ToChange() => new(_state.Game.GameId, _state, _lastAccepted, [.. _outcomes.Values]);
    }
}
