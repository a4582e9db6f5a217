namespace PushNet.Actors.Feed.Nats;

/// <summary>Which stream of which NATS server holds the observations.</summary>
public sealed record NatsSettings
{
    /// <summary>The server: <c>nats://127.0.0.1:4222</c>, or with <c>tls</c>, <c>ws</c> or <c>wss</c>.</summary>
    public required string Url { get; init; }

    /// <summary>The server as the log may name it: without the user and password that the URL may hold.</summary>
    public string Address => new Uri(Url).GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>The full path of a credentials file; null for none.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>The subject that the stream takes, if it is made here.</summary>
    public required string Subject { get; init; }

    /// <summary>The durable consumer.</summary>
    public required string Consumer { get; init; }

    /// <summary>How long the broker waits for an acknowledgement before it sends a message again.</summary>
    public required TimeSpan AckWait { get; init; }

    /// <summary>The stream that keeps what was rejected.</summary>
    public string RejectedStream => $"{Stream}_REJECTED";

    /// <summary>Its subject. The default is outside the other stream's subjects, whatever wildcards those have below its name.</summary>
    public string RejectedSubject { get => field.Length > 0 ? field : $"rejected.{Stream}"; init; } = "";
}
