using System.Collections.Frozen;

namespace PushNet.Actors.Feed;

/// <summary>Ids, slugs and league codes are parts of addresses, so they must be something that an address can name. Pure.</summary>
public static class Addressable
{
    /// <summary>
    /// Names that have an address of their own beside those of the games, for instance <c>/v1/games/live</c>. Case is ignored.
    /// </summary>
    public static FrozenSet<string> TakenFromGames { get; } = new[] { "live", "search" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets through an id or a slug that <c>/v1/games/{id}</c> can name.</summary>
    internal static string Game(string field, string value) => TakenFromGames.Contains(value)
        ? throw new FieldException($"{field} \"{value}\" can't be asked for, /v1/games/{value} is something else; choose another")
        : Segment(field, value);

    /// <summary>Lets through what can be a part of a path.</summary>
    internal static string Segment(string field, string value) =>
        value is "." or ".."
            ? throw new FieldException($"{field} \"{value}\" can't be part of an address, where it means a folder; choose another")
        : value.Contains('\0', StringComparison.Ordinal)
        ? throw new FieldException($"{field} holds a NUL character, which no address can; leave it out")
        : value;
}
