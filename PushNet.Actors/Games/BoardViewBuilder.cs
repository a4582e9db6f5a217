using System.Collections.Immutable;

namespace PushNet.Actors.Games;

/// <summary>Makes each <see cref="BoardView"/> from the one before and the games that changed since.</summary>
internal sealed class BoardViewBuilder
{
    private readonly List<GameEntry> _unseen = [];
    private ImmutableList<GameView>.Builder _games = ImmutableList.CreateBuilder<GameView>();
    private ImmutableDictionary<string, int>.Builder _slots = EmptyMap();
    private IEnumerable<GameEntry>? _remaining;
    private int _added;
    private BoardView _latest = BoardView.Empty;
    private long _version;

    /// <summary>A game was added.</summary>
    public void Add(GameEntry entry)
    {
        entry.Slot = _added++;
        if (_remaining is not null)
        {
            return;
        }

        _slots.Add(entry.Game.GameId, entry.Slot);
        _games.Add(null!);
        Changed(entry);
    }

    /// <summary>A game or one of its outcomes changed.</summary>
    public void Changed(GameEntry entry)
    {
        if (!entry.IsUnseen && _remaining is null)
        {
            entry.IsUnseen = true;
            _unseen.Add(entry);
        }
    }

    /// <summary>Games left.</summary>
    /// <param name="remaining">The games that are left. Read when the next view is built: many may leave and come until then.</param>
    public void Restart(IEnumerable<GameEntry> remaining) => _remaining = remaining;

    /// <summary>The current view; the one before when nothing changed.</summary>
    /// <param name="slugs">The ids of the games by slug.</param>
    /// <param name="seq">The number of the last event.</param>
    /// <param name="gamesVersion">Grows whenever a game changes.</param>
    public BoardView Build(ImmutableDictionary<string, ImmutableList<string>> slugs, long seq, long gamesVersion)
    {
        if (_remaining is { } remaining)
        {
            StartOver(remaining);
        }

        if (_unseen.Count == 0 && (_latest.Seq, _latest.GamesVersion) == (seq, gamesVersion))
        {
            return _latest;
        }

        foreach (var entry in _unseen)
        {
            entry.IsUnseen = false;
            _games[entry.Slot] = new GameView(entry.Game, entry.Outcomes.Latest, ++_version) { Seen = entry.Outcomes.Seen };
        }

        _unseen.Clear();
        return _latest = new BoardView(_games.ToImmutable(), _slots.ToImmutable(), slugs, seq, gamesVersion);
    }

    private void StartOver(IEnumerable<GameEntry> remaining)
    {
        _unseen.Clear();
        (_games, _slots) = (ImmutableList.CreateBuilder<GameView>(), EmptyMap());
        (_remaining, _added) = (null, 0);
        foreach (var entry in remaining.OrderBy(entry => entry.Slot).ToList())
        {
            entry.IsUnseen = false;
            Add(entry);
        }
    }

    private static ImmutableDictionary<string, int>.Builder EmptyMap() =>
        ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
}
