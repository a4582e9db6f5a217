namespace PushNet.Web.Settings;

/// <summary>Section <c>feed</c>, or one of its numbered sections.</summary>
public sealed record FeedOptions
{
    internal const string Demo = "demo";
    internal const string Replay = "replay";
    internal const string Nats = "nats";
    internal const string None = "none";

    /// <summary>demo, replay, nats, none, or empty.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Its name in logs and lists; empty for the name of its kind.</summary>
    public string Name { get; init; } = "";

    /// <summary>The file of a replay.</summary>
    public string File { get; init; } = "";

    /// <summary>The speed of a replay.</summary>
    public double Speed { get; init; }

    /// <summary>The address of a NATS server.</summary>
    public string Url { get; init; } = "";

    /// <summary>A file with credentials for NATS; empty: none.</summary>
    public string Credentials { get; init; } = "";

    /// <summary>The JetStream stream of observations.</summary>
    public string Stream { get; init; } = "";

    /// <summary>The subject that the stream takes, when it is made here.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The subject of the stream of rejected messages; empty for one with the stream's name in it.</summary>
    public string RejectedSubject { get; init; } = "";

    /// <summary>The durable consumer.</summary>
    public string Consumer { get; init; } = "";

    /// <summary>How long the broker waits for an acknowledgement.</summary>
    public TimeSpan AckWait { get; init; }

    /// <summary>The silence after which it is stale; 0 for never.</summary>
    public TimeSpan StaleAfter { get; init; }

    /// <summary>The name in force.</summary>
    internal string SourceName => Name.Length > 0 ? Name : Kind;

    /// <summary>Where it stands in the settings.</summary>
    internal string Path { get; init; } = "Feed";
}
