namespace PushNet.Actors.Games;

/// <summary>Which games have which slug. Two games on one day may share one, as those of a doubleheader do. Not thread-safe.</summary>
internal sealed class SlugIndex
{
    private readonly Dictionary<string, List<GameEntry>> _bySlug = new(StringComparer.Ordinal);

    /// <summary>Adds a game under its slug. Does nothing when it has none.</summary>
    /// <returns>The id of another game that has the slug, the one that was seen first; null when none does.</returns>
    public string? Add(GameEntry game)
    {
        if (game.Game.PnSlug is not { } slug)
        {
            return null;
        }

        if (!_bySlug.TryGetValue(slug, out var games))
        {
            _bySlug.Add(slug, games = []);
        }

        var first = games.MinBy(other => other.Slot);
        games.Add(game);
        return first?.Game.GameId;
    }

    /// <summary>A game left.</summary>
    public void Remove(GameEntry game)
    {
        if (game.Game.PnSlug is { } slug && _bySlug.TryGetValue(slug, out var games) && games.Remove(game) && games.Count == 0)
        {
            _bySlug.Remove(slug);
        }
    }

    /// <summary>Forgets all games.</summary>
    public void Clear() => _bySlug.Clear();
}
