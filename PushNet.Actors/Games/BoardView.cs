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
        [], ImmutableDictionary<string, int>.Empty, ImmutableDictionary<string, string>.Empty, 0, 0);

    private readonly ImmutableDictionary<string, int> _slots;
    private readonly ImmutableDictionary<string, string> _idsBySlug;

    internal BoardView(
        ImmutableList<GameView> games,
        ImmutableDictionary<string, int> slots,
        ImmutableDictionary<string, string> idsBySlug,
        long seq,
        long gamesVersion) =>
        (Games, _slots, _idsBySlug, Seq, GamesVersion) = (games, slots, idsBySlug, seq, gamesVersion);

    /// <summary>The games, in the order in which they were first seen.</summary>
    public ImmutableList<GameView> Games { get; }

    /// <summary>The number of the last event that it shows.</summary>
    public long Seq { get; }

    /// <summary>Views with the same version show the same states of games; prices may differ.</summary>
    public long GamesVersion { get; }

    /// <summary>Finds a game by its id, else by its slug.</summary>
    /// <returns>Null when there is none.</returns>
    public GameView? Find(string idOrSlug) =>
        _slots.TryGetValue(idOrSlug, out var slot) || (_idsBySlug.TryGetValue(idOrSlug, out var id) && _slots.TryGetValue(id, out slot))
            ? Games[slot]
            : null;
}
