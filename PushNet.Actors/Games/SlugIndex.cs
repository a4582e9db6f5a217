namespace PushNet.Actors.Games;

/// <summary>Which games have a slug. Two games of one day may share one, as the two of a double-header do. Not thread-safe.</summary>
internal sealed class SlugIndex
{
    private readonly Dictionary<string, List<string>> _idsBySlug = new(StringComparer.Ordinal);

    /// <summary>A game has a slug from now on. Without one, nothing happens.</summary>
    /// <returns>Another game that had it before; null when none did.</returns>
    public string? Add(Game game)
    {
        if (game.PnSlug is not { } slug)
        {
            return null;
        }

        if (!_idsBySlug.TryGetValue(slug, out var ids))
        {
            _idsBySlug.Add(slug, ids = []);
        }

        ids.Add(game.GameId);
        return ids.Count > 1 ? ids[0] : null;
    }

    /// <summary>A game left.</summary>
    public void Remove(Game game)
    {
        if (game.PnSlug is { } slug && _idsBySlug.TryGetValue(slug, out var ids) && ids.Remove(game.GameId) && ids.Count == 0)
        {
            _idsBySlug.Remove(slug);
        }
    }

    /// <summary>Forgets all games.</summary>
    public void Clear() => _idsBySlug.Clear();
}
