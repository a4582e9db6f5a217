namespace PushNet.Web.Settings;

/// <summary>
/// The settings of section <c>PushNet </c>. Defaults, units, ranges and the meaning of zero are in <c>hocon/pushnet.hocon </c>.
/// </summary>
public sealed partial class PushNetOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "PushNet";

    /// <summary>The keys that clients may use.</summary>
    public IList<ApiKeyOptions> ApiKeys { get; init; } = [];

    /// <summary>Proxies whose forwarded headers are believed: addresses and networks, comma-separated.</summary>
    public string Proxies { get; init; } = "";

    /// <summary>Where observations come from, when it is one feed; also what the numbered ones leave out.</summary>
    public FeedOptions Feed { get; init; } = new();

    /// <summary>The feeds that are numbered in the settings, in their order; filled in by the reader.</summary>
    public IReadOnlyList<FeedOptions> NumberedFeeds { get; internal set; } = [];

    /// <summary>What is recorded.</summary>
    public RecordOptions Record { get; init; } = new();

    /// <summary>What the server takes at most.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>How long a request may take to come.</summary>
    public HttpOptions Http { get; init; } = new();

    /// <summary>Pings and the peers that don't answer them.</summary>
    public KeepAliveOptions KeepAlive { get; init; } = new();

    /// <summary>How the server stops.</summary>
    public DrainOptions Drain { get; init; } = new();

    /// <summary>How batches are paced.</summary>
    public FanOutOptions FanOut { get; init; } = new();

    /// <summary>How sockets are written and closed.</summary>
    public SocketOptions Sockets { get; init; } = new();

    /// <summary>The way in.</summary>
    public IngestOptions Ingest { get; init; } = new();

    /// <summary>Reading over HTTP.</summary>
    public RestOptions Rest { get; init; } = new();

    /// <summary>Where operators reach the server.</summary>
    public OperatorOptions Operator { get; init; } = new();

    /// <summary>What is kept on disk.</summary>
    public DataOptions Data { get; init; } = new();

    /// <summary>Sentences about what was set and is not read.</summary>
    public IReadOnlyList<string> Ignored { get; internal set; } = [];

    /// <summary>True when the data directory held keys at the start, good ones or revoked.</summary>
    public bool HasStoredKeys { get; internal set; }

    /// <summary>True when there are keys in the settings or in the data directory.</summary>
    public bool HasKeys => ApiKeys.Count > 0 || HasStoredKeys;

    /// <summary>The feeds in force: what is configured, else the demo when there are no keys, else none.</summary>
    public IReadOnlyList<FeedOptions> Feeds
    {
        get
        {
            IReadOnlyList<FeedOptions> configured = NumberedFeeds.Count > 0 ? NumberedFeeds : [Feed];
            return configured switch
            {
                [{ Kind: "" }] when HasKeys => [],
                [{ Kind: "" } only] => [only with { Kind = FeedOptions.Demo }],
                _ => [.. configured.Where(feed => feed.Kind != FeedOptions.None)],
            };
        }
    }

    /// <summary>True when a random key is made at start so that the demo can be looked at.</summary>
    public bool HasDemoKey => !HasKeys && Feeds is [{ Kind: FeedOptions.Demo }];

    /// <summary>One key.</summary>
    public sealed class ApiKeyOptions
    {
        /// <summary>What the key is called in logs and lists.</summary>
        public string Name { get; init; } = "";

        /// <summary>The key itself; or give <see cref="Sha256"/>.</summary>
        public string Key { get; init; } = "";

        /// <summary>The key's SHA-256 as 64 hex digits.</summary>
        public string Sha256 { get; init; } = "";

        /// <summary>Comma-separated: live, odds, ingest, ops.</summary>
        public string Scopes { get; init; } = "";
    }

    /// <summary>Section <c>limits</c>.</summary>
    public sealed class LimitOptions
    {
        /// <summary>Connections over both channels.</summary>
        public int MaxConnections { get; init; }

        /// <summary>Connections of one address; 0: no cap.</summary>
        public int MaxConnectionsPerAddress { get; init; }

        /// <summary>Requests without a good key of one address in a minute; 0: no limit.</summary>
        public int MaxFailuresPerAddress { get; init; }

        /// <summary>True when the two limits above don't hold for peers on this machine.</summary>
        public bool SpareLoopback { get; init; }

        /// <summary>Events waiting per subscriber.</summary>
        public int QueueCapacity { get; init; }

        /// <summary>SO_SNDBUF in bytes.</summary>
        public int SocketSendBuffer { get; init; }

        /// <summary>How long games stay that are not live.</summary>
        public TimeSpan GameRetention { get; init; }

        /// <summary>The same for games of the demo.</summary>
        public TimeSpan DemoRetention { get; init; }

        /// <summary>Different filters at once.</summary>
        public int MaxFilters { get; init; }

        /// <summary>What one key, and one address, may use of them.</summary>
        public double FilterShare { get; init; }

        /// <summary>Bytes that all snapshots hold at once.</summary>
        public long MaxSnapshotBytes { get; init; }

        /// <summary>Games at once.</summary>
        public int MaxGames { get; init; }

        /// <summary>Outcomes at once.</summary>
        public int MaxOutcomes { get; init; }
    }

    /// <summary>Section <c>http</c>.</summary>
    public sealed class HttpOptions
    {
        /// <summary>From the first byte of a request to the end of its headers.</summary>
        public TimeSpan HeaderTimeout { get; init; }

        /// <summary>Until a connection is closed that has no request.</summary>
        public TimeSpan IdleTimeout { get; init; }
    }

    /// <summary>Section <c>keep-alive</c>.</summary>
    public sealed class KeepAliveOptions
    {
        /// <summary>Between two Pings.</summary>
        public TimeSpan Interval { get; init; }

        /// <summary>Until a silent peer is closed.</summary>
        public TimeSpan Timeout { get; init; }
    }

    /// <summary>Section <c>drain</c>.</summary>
    public sealed class DrainOptions
    {
        /// <summary>The longest wait.</summary>
        public TimeSpan Window { get; init; }
    }

    /// <summary>Section <c>fan-out</c>.</summary>
    public sealed class FanOutOptions
    {
        /// <summary>Bytes of a batch at most.</summary>
        public int MaxBatchBytes { get; init; }

        /// <summary>The longest a flush waits.</summary>
        public TimeSpan MaxDelay { get; init; }

        /// <summary>The rest after a batch, as a multiple of the time it took.</summary>
        public double Rest { get; init; }

        /// <summary>Events waiting in a publisher.</summary>
        public int MaxPendingEvents { get; init; }
    }

    /// <summary>Section <c>sockets</c>.</summary>
    public sealed class SocketOptions
    {
        internal const string Gate = "gate";
        internal const string WebSocket = "web-socket";
        internal const string Ring = "ring";
        internal const string Direct = "direct";
        internal const string Kestrel = "kestrel";

        /// <summary>ring, direct or kestrel.</summary>
        public string Output { get; init; } = "";

        /// <summary>gate or web-socket.</summary>
        public string Writer { get; init; } = "";

        /// <summary>Web pages that may connect: origins, comma-separated; empty: those of the server's own host and port.</summary>
        public string Origins { get; init; } = "";

        /// <summary>The wait for the client's close frame.</summary>
        public TimeSpan CloseTimeout { get; init; }
    }

    /// <summary>Section <c>ingest</c>.</summary>
    public sealed class IngestOptions
    {
        /// <summary>The longest silence of a body.</summary>
        public TimeSpan IdleTimeout { get; init; }

        /// <summary>The silence of a key after which it is stale; 0: never.</summary>
        public TimeSpan StaleAfter { get; init; }

        /// <summary>Bodies at once.</summary>
        public int MaxBodies { get; init; }

        /// <summary>Bodies of one key at once; 0: no cap.</summary>
        public int MaxBodiesPerKey { get; init; }
    }

    /// <summary>Section <c>rest</c>.</summary>
    public sealed class RestOptions
    {
        /// <summary>Comma-separated origins of web pages that may read, or *.</summary>
        public string CorsOrigins { get; init; } = "";

        /// <summary>Bytes that the answers being read hold together.</summary>
        public long MaxBodyBytes { get; init; }

        /// <summary>Requests of one key at once; 0: no cap.</summary>
        public int MaxRequestsPerKey { get; init; }

        /// <summary>Requests of one address at once; 0: no cap.</summary>
        public int MaxRequestsPerAddress { get; init; }
    }

    /// <summary>Section <c>operator</c>.</summary>
    public sealed class OperatorOptions
    {
        /// <summary>An address of this machine; empty: none.</summary>
        public string Url { get; init; } = "";
    }

    /// <summary>Section <c>data</c>.</summary>
    public sealed class DataOptions
    {
        /// <summary>The directory, relative to the content root; empty: nothing is kept.</summary>
        public string Directory { get; init; } = "";

        /// <summary>The connection string of a PostgreSQL database that keeps the board; empty: the directory does.</summary>
        public string Postgres { get; init; } = "";
    }
}
