namespace PushNet.Actors.Log;

/// <summary>How a server follows the log.</summary>
public sealed record LogSettings
{
    /// <summary>Its name, different on each server.</summary>
    public required string Name { get; init; }

    /// <summary>The version of PushNet.</summary>
    public string Version { get; init; } = "";

    /// <summary>Where other servers reach it, such as http://10.0.0.1:8080; empty: nowhere.</summary>
    public string Address { get; init; } = "";

    /// <summary>Connections over all servers, for the first server; 0 for no cap.</summary>
    public int MaxConnections { get; init; }

    /// <summary>How often an image is written.</summary>
    public TimeSpan ImageInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long lines wait for the log until their sender is told that it can't be written.</summary>
    public TimeSpan IngestPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the log may bring nothing until the server counts as cut off.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(3);
}
