namespace PushNet.Web.Settings;

/// <summary>
/// The settings: a class for each section of <c>PushNet</c>. Defaults, units, ranges and the meaning of zero are in
/// <c>hocon/pushnet.hocon</c>.
/// </summary>
public sealed record PushNetOptions
{
    /// <summary>The section that holds all settings.</summary>
    public const string Section = "PushNet";

    /// <summary>The keys that clients may use.</summary>
    public IList<ApiKeyOptions> ApiKeys { get; init; } = [];

    /// <summary>Proxies whose forwarded headers are believed: addresses and networks, comma-separated.</summary>
    public string Proxies { get; init; } = "";

    /// <summary>Web pages of other origins that may connect and read: origins, comma-separated, or *; empty: none.</summary>
    public string Origins { get; init; } = "";

    /// <summary>Where observations come from, when it is one feed; also what the numbered ones leave out.</summary>
    public FeedOptions Feed { get; init; } = new();

    /// <summary>The feeds that are numbered in the settings, in their order. .NET can't bind them, so the reader does.</summary>
    public IReadOnlyList<FeedOptions> NumberedFeeds { get; internal init; } = [];

    /// <summary>What is recorded.</summary>
    public RecordOptions Record { get; init; } = new();

    /// <summary>What the server takes at most.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>How long a request may take to arrive.</summary>
    public HttpOptions Http { get; init; } = new();

    /// <summary>Pings and the peers that don't answer them.</summary>
    public KeepAliveOptions KeepAlive { get; init; } = new();

    /// <summary>How the server stops.</summary>
    public DrainOptions Drain { get; init; } = new();

    /// <summary>How batches are paced.</summary>
    public FanOutOptions FanOut { get; init; } = new();

    /// <summary>How sockets are written and closed.</summary>
    public SocketOptions Sockets { get; init; } = new();

    /// <summary>The way in over HTTP.</summary>
    public IngestOptions Ingest { get; init; } = new();

    /// <summary>Reading over HTTP.</summary>
    public RestOptions Rest { get; init; } = new();

    /// <summary>Where operators reach the server.</summary>
    public OperatorOptions Operator { get; init; } = new();

    /// <summary>What is kept on disk.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>Gives each feature the section that it asks for.</summary>
    internal void AddTo(IServiceCollection services) => services
        .AddSingleton(this).AddSingleton(Limits).AddSingleton(KeepAlive).AddSingleton(Drain).AddSingleton(Sockets)
        .AddSingleton(Ingest).AddSingleton(Rest).AddSingleton(Operator);
}
