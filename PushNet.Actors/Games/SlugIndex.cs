using System.Collections.Immutable;

namespace PushNet.Actors.Games;

/// <summary>Which games have which slug. Two games on one day may share one, as those of a doubleheader do. Not thread-safe.</summary>
internal sealed class SlugIndex
{
    /// <summary>The ids of the games by slug.</summary>
    public ImmutableDictionary<string, ImmutableList<string>> Ids { get; private set; } =
        ImmutableDictionary.Create<string, ImmutableList<string>>(StringComparer.Ordinal);

    /// <summary>Adds a game under its slug. Does nothing when it has none.</summary>
    /// <returns>The ids of the other games that have the slug.</returns>
    public ImmutableList<string> Add(Game game)
    {
        if (game.PnSlug is not { } slug)
        {
            return [];
        }

        var others = Ids.GetValueOrDefault(slug, []);
        Ids = Ids.SetItem(slug, others.Add(game.GameId));
        return others;
    }

    /// <summary>A game left.</summary>
    public void Remove(Game game)
    {
        if (game.PnSlug is { } slug && Ids.TryGetValue(slug, out var ids))
        {
            ids = ids.Remove(game.GameId);
            Ids = ids.IsEmpty ? Ids.Remove(slug) : Ids.SetItem(slug, ids);
        }
    }

    /// <summary>Forgets all games.</summary>
    public void Clear() => Ids = Ids.Clear();
}
