using NATS.Client.Core;
using PushNet.Actors.Feed.Nats;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// A connection to the servers of NATS that keep the log, not open at first. Once open, it opens itself again when it is lost.
/// </summary>
public sealed class NatsLogConnection : NatsConnection
{
    private readonly NatsLogSettings _settings;
    private readonly LastFault _lastFault;
    private readonly NatsRefusals _refusals = new(TimeProvider.System);

    /// <summary>A connection.</summary>
    /// <param name="settings">Where to, and as whom.</param>
    public NatsLogConnection(NatsLogSettings settings)
        : this(settings, new LastFault())
    {
    }

    private NatsLogConnection(NatsLogSettings settings, LastFault lastFault)
        : base(OptionsOf(settings, lastFault))
    {
        (_settings, _lastFault) = (settings, lastFault);
        ServerError += (_, error) =>
        {
            _refusals.Note(error.Error);
            return ValueTask.CompletedTask;
        };
        ConnectionDisconnected += (_, _) =>
        {
            _refusals.Forget();
            return ValueTask.CompletedTask;
        };
    }

    /// <summary>What NATS refuses its user, as a sentence for operators; null when nothing is known.</summary>
    public string? Refusal => _refusals.Sentence;

    /// <summary>Why NATS does not answer, as a sentence for operators; null when nothing is known.</summary>
    public string? Fault => Refusal ?? (ConnectionState is not NatsConnectionState.Open && _lastFault.Exception is { } failure
        ? $"NATS can't be reached: {NatsFault.Of(failure, _settings)}" : null);

    /// <summary>Why NATS did not do what it was asked for, as a sentence for operators.</summary>
    /// <param name="failure">What the call threw.</param>
    public string WhyFailed(Exception failure)
    {
        // Of a server that takes no connection, the client tells its log alone.
        var isTold = failure.InnerException is not null || ConnectionState is NatsConnectionState.Open;
        return Refusal ?? NatsFault.Of(isTold ? failure : _lastFault.Exception ?? failure, _settings);
    }

    private static NatsOpts OptionsOf(NatsLogSettings settings, LastFault lastFault) => NatsOpts.Default with
    {
        Url = settings.Url,
        LoggerFactory = lastFault,
        Name = "pushnet",
        AuthOpts = new NatsAuthOpts { CredsFile = settings.CredentialsFile },
        TlsOpts = new NatsTlsOpts
        {
            CaFile = settings.AuthorityFile,
            CertFile = settings.CertificateFile,
            KeyFile = settings.KeyFile,
        },
        InboxPrefix = "_INBOX_pushnet",

        // A server of NATS that hangs keeps its connections, so the client must find out by itself.
        PingInterval = TimeSpan.FromSeconds(1),
        MaxPingOut = 2,
        ReconnectWaitMin = TimeSpan.FromMilliseconds(50),
        ReconnectWaitMax = TimeSpan.FromMilliseconds(500),
        RequestTimeout = TimeSpan.FromSeconds(1),
        PublishTimeoutOnDisconnected = true,
    };
}
