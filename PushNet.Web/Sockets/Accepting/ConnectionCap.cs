namespace PushNet.Web.Sockets.Accepting;

/// <summary>The caps on connections that are in force: what is configured, or less where the open-file limit leaves less.</summary>
/// <param name="Limit">WebSockets over both channels.</param>
/// <param name="Accepted">TCP connections of the public addresses, whatever they are for; null: no cap.</param>
/// <param name="Warning">Why <paramref name="Limit"/> is less than configured and what to do; null when it is not.</param>
internal sealed record ConnectionCap(int Limit, int? Accepted, string? Warning)
{
    /// <summary>Files that stay free for what is opened after the start, and for operators.</summary>
    public const int ReservedFiles = 150;

    /// <summary>Connections that no WebSocket can take. They read, feed, are refused, or have sent no request yet.</summary>
    public const int OtherConnections = 50;

    /// <summary>Compares what is configured with the open-file limit.</summary>
    /// <param name="configured">WebSockets as configured.</param>
    /// <param name="openFiles">The open-file limit; null when there is none or it is not known.</param>
    /// <param name="held">Files that the started server holds before the first connection.</param>
    /// <exception cref="IOException">The limit leaves no room for a single WebSocket.</exception>
    public static ConnectionCap Of(int configured, long? openFiles, int held)
    {
        if (openFiles is not { } files)
        {
            return new ConnectionCap(configured, null, null);
        }

        var accepted = (int)Math.Min(files - held - ReservedFiles, int.MaxValue);
        var limit = Math.Min(accepted - OtherConnections, configured);
        var advice = $"raise LimitNOFILE (ulimit -n) to at least {(long)configured + held + ReservedFiles + OtherConnections}";
        if (limit < 1)
        {
            throw new IOException(
                $"the open-file limit of {files} is too low: the server holds {held} files itself and keeps {ReservedFiles} free; "
                    + $"{advice}.");
        }

        var warning = $"the open-file limit of {files} lowers the cap from {configured} to {limit} connections; {advice}";
        return new ConnectionCap(limit, accepted, limit < configured ? warning : null);
    }
}
