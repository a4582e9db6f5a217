using System.Globalization;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Actors.Log;

/// <summary>
/// Compares what this server made of the log with what others say that they made of it. When they differ, those that are fewer are wrong;
/// when they are as many, the one that is older is believed. Pure; not thread-safe.
/// </summary>
/// <param name="name">The name of this server.</param>
internal sealed class LogDivergence(string name)
{
    /// <summary>How many messages back the digests are known.</summary>
    public const int Kept = 4096;

    private readonly (long Sequence, ulong Digest)[] _own = new (long, ulong)[Kept];
    private readonly SortedDictionary<string, long> _differing = new(StringComparer.Ordinal);

    /// <summary>True when this server and another one differ.</summary>
    public bool IsThere => _differing.Count > 0;

    /// <summary>What is wrong, as a sentence; null when nothing is.</summary>
    public string? Fault => IsThere
        ? $"the boards of {name} and {string.Join(" and ", _differing.Keys)} differ, found at message "
            + _differing.Values.Min().ToString(CultureInfo.InvariantCulture) + " of the log; please report it. "
            + "The one that differs from more servers, or the younger of two, begins anew with an image of the other"
        : null;

    /// <summary>The board begins anew.</summary>
    public void Begin()
    {
        Array.Clear(_own);
        _differing.Clear();
    }

    /// <summary>A message was applied.</summary>
    public void Note(LogState state) => _own[state.Sequence % Kept] = (state.Sequence, state.Digest);

    /// <summary>Another server says what it made of the log.</summary>
    /// <returns>True when it is the first time that it differs.</returns>
    public bool Hear(LogServer other)
    {
        var (sequence, digest) = _own[other.Sequence % Kept];
        if (other.Name == name || other.Sequence != sequence || sequence == 0)
        {
            return false;
        }

        if (digest == other.Digest)
        {
            _differing.Remove(other.Name);
            return false;
        }

        return _differing.TryAdd(other.Name, sequence);
    }

    /// <summary>A server is gone, or began anew.</summary>
    public void Forget(IEnumerable<KnownServer> there)
    {
        if (IsThere)
        {
            foreach (var gone in _differing.Keys.Except(there.Select(known => known.Server.Name)).ToList())
            {
                _differing.Remove(gone);
            }
        }
    }

    /// <summary>True when another server differs.</summary>
    public bool Differs(string other) => _differing.ContainsKey(other);

    /// <summary>True when it is this server whose board is wrong.</summary>
    /// <param name="there">The servers.</param>
    public bool IsOwn(IReadOnlyCollection<KnownServer> there)
    {
        var against = there.Where(known => Differs(known.Server.Name)).ToList();
        var along = there.Count - against.Count;
        return against.Count > along || (against.Count == along && against.Contains(there.MinBy(known => (known.Since, known.Session))!));
    }
}
