using System.Collections.Immutable;

namespace PushNet.Actors.Games;

/// <summary>Makes each <see cref="BoardView"/> from the one before and the games that changed since.</summary>
internal sealed class BoardViewBuilder
{
    private readonly List<GameEntry> _unseen = [];
    private ImmutableList<GameView>.Builder _games = ImmutableList.CreateBuilder<GameView>();
    private ImmutableDictionary<string, int>.Builder _slots = EmptyMap<int>();
    private ImmutableDictionary<string, string>.Builder _idsBySlug = EmptyMap<string>();
    private BoardView _latest = BoardView.Empty;
    private long _version;

    /// <summary>A game was added.</summary>
    public void Add(GameEntry entry)
    {
        entry.Slot = _games.Count;
        _slots.Add(entry.Game.GameId, entry.Slot);
        _games.Add(null!);
        Changed(entry);
    }

    /// <summary>A game or one of its outcomes changed.</summary>
    public void Changed(GameEntry entry)
    {
        if (!entry.IsUnseen)
        {
            entry.IsUnseen = true;
            _unseen.Add(entry);
        }
    }

    /// <summary>Games left.</summary>
    /// <param name="remaining">All that are still there.</param>
    public void Restart(IEnumerable<GameEntry> remaining)
    {
        _unseen.Clear();
        (_games, _slots, _idsBySlug) = (ImmutableList.CreateBuilder<GameView>(), EmptyMap<int>(), EmptyMap<string>());
        foreach (var entry in remaining.OrderBy(entry => entry.Slot))
        {
            entry.IsUnseen = false;
            Add(entry);
        }
    }

    /// <summary>The view of now; the one before when nothing changed.</summary>
    public BoardView Build(long seq, long gamesVersion)
    {
        if (_unseen.Count == 0 && (_latest.Seq, _latest.GamesVersion) == (seq, gamesVersion))
        {
            return _latest;
        }

        foreach (var entry in _unseen)
        {
            entry.IsUnseen = false;
            _games[entry.Slot] = new GameView(entry.Game, entry.Outcomes.Latest, ++_version) { Seen = entry.Outcomes.Seen };
            if (entry.Game.PnSlug is { } slug)
            {
                // Two games with one slug: it leads to the one that had it first.
                _idsBySlug.TryAdd(slug, entry.Game.GameId);
            }
        }

        _unseen.Clear();
        return _latest = new BoardView(_games.ToImmutable(), _slots.ToImmutable(), _idsBySlug.ToImmutable(), seq, gamesVersion);
    }

    private static ImmutableDictionary<string, T>.Builder EmptyMap<T>() =>
        ImmutableDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
}
