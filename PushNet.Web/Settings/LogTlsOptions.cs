namespace PushNet.Web.Settings;

/// <summary>
/// Section <c>data.log.tls</c>: TLS to NATS. The files are PEM, relative to the folder in which the server was started.
/// </summary>
public sealed class LogTlsOptions
{
    /// <summary>The authority that issued the certificates of NATS; empty: those that this machine trusts.</summary>
    public string Authority { get; init; } = "";

    /// <summary>The certificate of this server for NATS; empty: none.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>The key of the certificate; empty: none.</summary>
    public string Key { get; init; } = "";
}
