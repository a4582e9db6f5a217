namespace PushNet.Web.Settings;

/// <summary>Section <c>data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>The directory, relative to the content root; empty: nothing is kept.</summary>
    public string Directory { get; init; } = "";

    /// <summary>The connection string of a PostgreSQL database that keeps the board; empty: the directory does.</summary>
    public string Postgres { get; init; } = "";

    /// <summary>The servers of NATS whose JetStream keeps the board, comma-separated; empty: the directory does.</summary>
    public string Nats { get; init; } = "";

    /// <summary>The log in NATS.</summary>
    public LogOptions Log { get; init; } = new();

    /// <summary>Whether to wait for a database that another server has; otherwise the start fails.</summary>
    public bool Standby { get; init; }
}
