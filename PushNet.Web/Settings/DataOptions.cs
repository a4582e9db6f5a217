namespace PushNet.Web.Settings;

/// <summary>Section <c>data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>The directory, relative to the content root; empty: nothing is kept.</summary>
    public string Directory { get; init; } = "";

    /// <summary>The connection string of a PostgreSQL database that keeps the board; empty: the directory does.</summary>
    public string Postgres { get; init; } = "";
}
