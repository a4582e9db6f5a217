using System.Runtime.InteropServices;

namespace PushNet.Actors.Admission;

/// <summary>Counts how often each of some keys is in use. Holds nothing of those that are not. Pure and not thread-safe.</summary>
/// <typeparam name="TKey">What is used.</typeparam>
public sealed class UseCounts<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, int> _uses = [];

    /// <summary>Different keys in use.</summary>
    public int Count => _uses.Count;

    /// <summary>How often a key is in use.</summary>
    public int Of(TKey key) => _uses.GetValueOrDefault(key);

    /// <summary>The keys that are used most, with how often, most first.</summary>
    /// <param name="count">The most keys to give.</param>
    public IEnumerable<KeyValuePair<TKey, int>> Most(int count) => _uses.OrderByDescending(use => use.Value).Take(count);

    /// <summary>Adds one use.</summary>
    public void Take(TKey key) => CollectionsMarshal.GetValueRefOrAddDefault(_uses, key, out _)++;

    /// <summary>Takes one use away. Does nothing for a key that is not in use.</summary>
    public void GiveBack(TKey key)
    {
        if (_uses.ContainsKey(key) && --CollectionsMarshal.GetValueRefOrNullRef(_uses, key) == 0)
        {
            _uses.Remove(key);
        }
    }
}
