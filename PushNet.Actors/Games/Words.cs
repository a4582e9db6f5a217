using System.Collections.Frozen;
using System.Text.Json;

namespace PushNet.Actors.Games;

/// <summary>The values of an enumeration as words on the wire: their names in snake case.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public static class Words<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> ByWord =
        Enum.GetValues<T>()
            .ToFrozenDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);

    private static readonly FrozenDictionary<T, string> OfValue = ByWord.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>All words, in the order of the values.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>The word of a value.</summary>
    public static string Of(T value) => OfValue[value];

    /// <summary>The value of a word; null when no value has it.</summary>
    public static T? Find(string word) => ByWord.TryGetValue(word, out var value) ? value : null;
}
