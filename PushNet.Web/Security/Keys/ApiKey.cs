namespace PushNet.Web.Security.Keys;

/// <summary>A key that is known, without its secrets.</summary>
/// <param name="StoredId">Tells it from all other stored keys; null for a key that is not stored.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Limits">Its caps.</param>
internal sealed record ApiKey(string? StoredId, string Name, IReadOnlyList<string> Scopes, KeyLimits Limits)
{
    /// <summary>Tells it from every other key, even from an earlier one of the same name.</summary>
    public string Id { get; } = StoredId is null ? $"settings/{Name}" : $"{StoredId}/{Name}";

    public bool Allows(string scope) => Scopes.Contains(scope);
}

/// <summary>The caps of one key; null means none.</summary>
/// <param name="MaxConnections">Connections at once over both channels.</param>
/// <param name="MaxLinesPerSecond">Observations that are read per second from all its ingest bodies together.</param>
internal readonly record struct KeyLimits(int? MaxConnections, int? MaxLinesPerSecond);
