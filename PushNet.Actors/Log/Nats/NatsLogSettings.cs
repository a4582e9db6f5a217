namespace PushNet.Actors.Log.Nats;

/// <summary>Where the log is.</summary>
public sealed record NatsLogSettings
{
    /// <summary>The servers of NATS, comma-separated, such as nats://h1:4222,nats://h2:4222.</summary>
    public required string Url { get; init; }

    /// <summary>A credentials file (.creds); null: what the URL says.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>A PEM file with the authority that issued the certificates of NATS; null: those that the machine trusts.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>A PEM file with the certificate of this server for NATS; null: none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A PEM file with the key of <see cref="CertificateFile"/>; null: none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The stream.</summary>
    public string Stream { get; init; } = "PUSHNET";

    /// <summary>On how many servers of NATS the stream is kept, when it is made here: 1, 3 or 5.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>How long messages are kept, when the stream is made here.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How large the stream may get, in bytes, when it is made here.</summary>
    public long MaxBytes { get; init; } = 8L * 1024 * 1024 * 1024;

    /// <summary>How long the start waits for NATS.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The subject of the entries.</summary>
    public string Subject => $"{Stream.ToLowerInvariant()}.log";

    /// <summary>The stream of the images.</summary>
    public string Images => $"{Stream}_IMAGES";

    /// <summary>What the subjects of the images begin with.</summary>
    public string ImagesSubject => Images.ToLowerInvariant();
}
