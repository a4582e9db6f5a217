using System.Collections.Immutable;

namespace PushNet.Actors.Games;

/// <summary>
/// The whole board at one moment, for readers on any thread. Immutable: it shows every event up to <see cref="Seq"/> and none after
/// it.
/// </summary>
public sealed class BoardView
{
    /// <summary>A board without games.</summary>
    public static readonly BoardView Empty = new(
        [], ImmutableDictionary<string, int>.Empty, ImmutableDictionary<string, ImmutableList<string>>.Empty, 0, 0);

    private readonly ImmutableDictionary<string, int> _slots;
    private readonly ImmutableDictionary<string, ImmutableList<string>> _slugs;

    internal BoardView(
        ImmutableList<GameView> games,
        ImmutableDictionary<string, int> slots,
        ImmutableDictionary<string, ImmutableList<string>> slugs,
        long seq,
        long gamesVersion) =>
        (Games, _slots, _slugs, Seq, GamesVersion) = (games, slots, slugs, seq, gamesVersion);

    /// <summary>The games, in the order in which they were first seen.</summary>
    public ImmutableList<GameView> Games { get; }

    /// <summary>The number of the last event that it shows.</summary>
    public long Seq { get; }

    /// <summary>Views with the same version show the same states of games; prices may differ.</summary>
    public long GamesVersion { get; }

    /// <summary>
    /// Finds a game by its id. When no game has that id, finds one by its slug. When several games share the slug, a live game comes
    /// first, then the one that starts next, then the one that started last.
    /// </summary>
    /// <returns>Null when there is none.</returns>
    public GameView? Find(string idOrSlug) =>
        _slots.TryGetValue(idOrSlug, out var slot) ? Games[slot]
        : !_slugs.TryGetValue(idOrSlug, out var ids) ? null
        : ToAnswer([.. ids.Select(id => _slots[id]).Order().Select(one => Games[one])]);

    private static GameView? ToAnswer(List<GameView> games) =>
        games.Find(view => view.Game.IsLive)
        ?? games.Where(view => view.Game.Status is GameStatus.Unplayed).MinBy(view => view.Game.Start)
        ?? games.MaxBy(view => view.Game.Start);
}
