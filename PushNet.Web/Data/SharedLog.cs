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
        var log = options.Log;
        var servers = options.Nats.Split(',', StringSplitOptions.TrimEntries);
        var replicas = log.Replicas > 0 ? log.Replicas : servers.Length >= MostReplicas ? MostReplicas : 1;
        var where = new NatsLogSettings
        {
            Url = string.Join(',', servers),
            CredentialsFile = log.Credentials.Length == 0 ? null : CallerFolder.Resolve(log.Credentials),
            Stream = log.Stream,
            Replicas = replicas,
            Keep = log.Keep,
            MaxBytes = log.MaxBytes,
        };
        var how = new LogSettings
        {
            Name = log.Name.Length > 0 ? log.Name : server,
            Version = ServerVersion.Text,
            ImageInterval = log.ImageInterval,
            IngestPatience = log.IngestPatience,
            StaleAfter = log.StaleAfter,
        };
        return Task.Run(() => NatsBoard.OpenAsync(where, how)).GetAwaiter().GetResult();
    }
}
