using NATS.Client.Core;

namespace PushNet.Actors.Log.Nats;

/// <summary>Connections to the servers of NATS that keep the log.</summary>
public static class NatsLogConnection
{
    /// <summary>A connection, not open yet. Once open, it opens itself again when it is lost.</summary>
    /// <param name="settings">Where to, and as whom.</param>
    public static NatsConnection To(NatsLogSettings settings) => new(NatsOpts.Default with
    {
        Url = settings.Url,
        Name = "pushnet",
        AuthOpts = new NatsAuthOpts { CredsFile = settings.CredentialsFile },
        InboxPrefix = "_INBOX_pushnet",

        // A server of NATS that hangs keeps its connections, so the client must find out by itself.
        PingInterval = TimeSpan.FromSeconds(1),
        MaxPingOut = 2,
        ReconnectWaitMin = TimeSpan.FromMilliseconds(50),
        ReconnectWaitMax = TimeSpan.FromMilliseconds(500),
        RequestTimeout = TimeSpan.FromSeconds(1),
        PublishTimeoutOnDisconnected = true,
    });
}
