namespace PushNet.Bench.Load;

/// <summary>The clients of one run.</summary>
internal sealed record LoadOptions
{
    /// <summary>Servers; several share a log.</summary>
    public int Servers { get; init; } = 1;

    /// <summary>NATS servers that keep the log of the servers; 0 for no log.</summary>
    public int Nats { get; init; }

    /// <summary>Connections on the firehose of each server.</summary>
    public int Odds { get; init; } = 1000;

    /// <summary>Connections on the quiet channel of each server.</summary>
    public int Live { get; init; }

    /// <summary>Events per second that the feed sends.</summary>
    public double Rate { get; init; } = 500;

    /// <summary>Share of events that are score changes; the others are price changes.</summary>
    public double ScoreShare { get; init; } = 0.05;

    /// <summary>Games on the board; about 600 bytes of snapshot each.</summary>
    public int Games { get; init; } = 50;

    /// <summary>How unevenly prices move, ten outcomes per game. 0: all alike; otherwise Zipf's law with this exponent.</summary>
    public double Skew { get; init; } = 1;

    /// <summary>Time before the measurement, for the JIT and the pacing to settle.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Time of the measurement.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Share of the connections that read nothing after their request: 0 to 1.</summary>
    public double StalledShare { get; init; }

    /// <summary>Share of the connections that read slowly: 0 to 1.</summary>
    public double SlowShare { get; init; }

    /// <summary>Bytes that each of these reads per second.</summary>
    public double SlowBytesPerSecond { get; init; } = 20_000;

    /// <summary>Connections on which every event is checked and timed.</summary>
    public int Sampled { get; init; } = 200;

    /// <summary>Connections that are opened at the same time.</summary>
    public int ConnectAtOnce { get; init; } = 64;

    /// <summary>
    /// Different filters among the connections, each of which selects everything, so that only their number costs; 0 for none.
    /// </summary>
    public int Filters { get; init; }

    /// <summary>Milliseconds of conflation on the firehose; 0 when prices come as they happen.</summary>
    public int Conflate { get; init; }

    /// <summary>Share of the connections that offer permessage-deflate: 0 to 1. The first never does, for comparison.</summary>
    public double Deflate { get; init; }

    /// <summary>Share of the connections that are event streams: 0 to 1. The others are WebSockets.</summary>
    public double Sse { get; init; }

    /// <summary>What lies between the server and its clients, for people; null for loopback.</summary>
    public string? Over { get; init; }

    /// <summary>True when the feed asks for an acknowledgement of each group, and measures how long it waits for it.</summary>
    public bool Acks { get; init; }

    /// <summary>True when the server keeps its board on disk.</summary>
    public bool Durable { get; init; }

    /// <summary>What the server speaks.</summary>
    public Protocol Protocol { get; init; } = Protocol.PushNet;

    /// <summary>The key of clients and feed.</summary>
    public string Key { get; init; } = "bench-key-0123456789";

    /// <summary>Deliveries that each event causes to clients that read, on average.</summary>
    public double DeliveriesPerEvent => Servers * (Odds + (ScoreShare * Live)) * (1 - StalledShare);

    /// <summary>What the clients ask for, for people.</summary>
    public string Asks => string.Join(", ", new[]
    {
        Filters > 0 ? $"{Filters} filters" : null,
        Conflate > 0 ? $"conflate={Conflate}" : null,
        Filters + Conflate > 0 ? null : "everything",
        Durable ? "kept on disk" : null,
        Nats > 0 ? $"{Servers} servers on a log in {Nats} NATS" : null,
        Deflate > 0 ? $"{Deflate:P0} compressed" : null,
        Sse > 0 ? $"{Sse:P0} over SSE" : null,
        Over,
    }.OfType<string>());

    /// <summary>True when a connection offers compression.</summary>
    public bool Deflates(int connection) =>
        connection > 0 && (int)((connection + 1) * Deflate) > (int)(connection * Deflate);

    /// <summary>True when a connection is an event stream.</summary>
    public bool IsEventStream(int connection) => (int)((connection + 1) * Sse) > (int)(connection * Sse);

    /// <summary>What a connection asks for, as the rest of its query.</summary>
    public string QueryOf(int connection, string channel) =>
        (Filters > 0 ? $"&league={FeedLines.League},bench-{connection % Filters}" : "")
        + (Conflate > 0 && channel == "odds" ? $"&conflate={Conflate}" : "");

    /// <summary>The same clients, on one server without a log.</summary>
    public LoadOptions OnOneServer => this with { Servers = 1, Nats = 0, Odds = Servers * Odds, Live = Servers * Live };

    /// <summary>All connections.</summary>
    public int Connections => Servers * (Odds + Live);
}
