namespace PushNet.Web.Settings;

/// <summary>One key.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>What the key is called in logs and lists.</summary>
    public string Name { get; init; } = "";

    /// <summary>The key itself; or give <see cref="Sha256"/>.</summary>
    public string Key { get; init; } = "";

    /// <summary>The key's SHA-256 as 64 hex digits.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Comma-separated: live, odds, ingest, ops, metrics.</summary>
    public string Scopes { get; init; } = "";
}
