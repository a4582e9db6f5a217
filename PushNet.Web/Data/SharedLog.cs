using PushNet.Actors.Log;
using PushNet.Actors.Log.Nats;
using PushNet.Web.Http;
using PushNet.Web.Settings;

namespace PushNet.Web.Data;

/// <summary>Opens the log that several servers share. Nothing else here names NATS, so nothing of it is loaded without need.</summary>
internal static class SharedLog
{
    private const int MostReplicas = 3;

    /// <summary>Connects, and makes the streams unless they are there. Blocks meanwhile.</summary>
    /// <param name="options">Where the log is.</param>
    /// <param name="server">The name of this server when it is given none.</param>
    /// <exception cref="IOException">The log can't be used; a sentence for operators.</exception>
    public static LogKeeping Open(DataOptions options, string server)
    {
        var (where, log) = (Where(options), options.Log);
        var how = new LogSettings
        {
            Name = NameOf(options, server),
            Version = ServerVersion.Text,
            Address = log.Address,
            MaxConnections = log.MaxConnections,
            ImageInterval = log.ImageInterval,
            IngestPatience = log.IngestPatience,
            StaleAfter = log.StaleAfter,
        };
        return Task.Run(() => NatsBoard.OpenAsync(where, how)).GetAwaiter().GetResult();
    }

    /// <summary>The name of this server for others.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="server">The name when they give it none.</param>
    public static string NameOf(DataOptions options, string server) => options.Log.Name.Length > 0 ? options.Log.Name : server;

    /// <summary>Where the log and the keys are.</summary>
    public static NatsLogSettings Where(DataOptions options)
    {
        var log = options.Log;
        var servers = options.Nats.Split(',', StringSplitOptions.TrimEntries);
        var replicas = log.Replicas > 0 ? log.Replicas : servers.Length >= MostReplicas ? MostReplicas : 1;
        return new NatsLogSettings
        {
            Url = string.Join(',', servers),
            CredentialsFile = FileOf(log.Credentials),
            AuthorityFile = FileOf(log.Tls.Authority),
            CertificateFile = FileOf(log.Tls.Certificate),
            KeyFile = FileOf(log.Tls.Key),
            Stream = log.Stream,
            Replicas = replicas,
            Keep = log.Keep,
            MaxBytes = log.MaxBytes,
        };
    }

    private static string? FileOf(string setting) => setting.Length == 0 ? null : CallerFolder.Resolve(setting);
}
