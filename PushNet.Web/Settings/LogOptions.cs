namespace PushNet.Web.Settings;

/// <summary>Section <c>data.log</c>: the log that several servers share.</summary>
public sealed class LogOptions
{
    /// <summary>A file with credentials, relative to the folder in which the server was started; empty: none.</summary>
    public string Credentials { get; init; } = "";

    /// <summary>TLS to NATS.</summary>
    public LogTlsOptions Tls { get; init; } = new();

    /// <summary>The stream of the log; that of its images is called so too, with _IMAGES behind it.</summary>
    public string Stream { get; init; } = "";

    /// <summary>On how many servers of NATS the streams are kept, when made here; 0: on 3 if as many are named, else on 1.</summary>
    public int Replicas { get; init; }

    /// <summary>How long the stream keeps messages, when it is made here.</summary>
    public TimeSpan Keep { get; init; }

    /// <summary>How large the stream may get, in bytes, when it is made here.</summary>
    public long MaxBytes { get; init; }

    /// <summary>How often an image of the board is written.</summary>
    public TimeSpan ImageInterval { get; init; }

    /// <summary>The name of this server, different on each; empty: the machine's name and the port.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where other servers reach this one, such as http://10.0.0.1:8080; empty: nowhere.</summary>
    public string Address { get; init; } = "";

    /// <summary>How long lines wait for the log.</summary>
    public TimeSpan IngestPatience { get; init; }

    /// <summary>How long the log may bring nothing until this server counts as cut off.</summary>
    public TimeSpan StaleAfter { get; init; }

    /// <summary>How long the log may bring nothing until clients are told to leave for a server that follows it; 0: never.</summary>
    public TimeSpan GoodbyeAfter { get; init; }

    /// <summary>Connections over all servers; 0 for no cap. The log has what the first server was given.</summary>
    public int MaxConnections { get; init; }
}
