using System.Globalization;

namespace PushNet.Web.Operations;

/// <summary>The cap on connections that is in force: what is configured, or less where the machine can't hold it.</summary>
/// <param name="Limit">Connections over both channels.</param>
/// <param name="Warning">Why it is less than configured and what to do; null when it is not.</param>
internal sealed record ConnectionCap(int Limit, string? Warning)
{
    /// <summary>Files that the server needs for everything but connections.</summary>
    private const int ReservedFiles = 500;

    /// <summary>Compares what is configured with the open-file limit.</summary>
    /// <param name="configured">Connections as configured.</param>
    /// <param name="openFiles">The open-file limit; null when there is none or it is not known.</param>
    public static ConnectionCap Of(int configured, long? openFiles)
    {
        if (openFiles is not { } files || files >= configured + ReservedFiles)
        {
            return new ConnectionCap(configured, null);
        }

        var limit = (int)Math.Max(1, files - ReservedFiles);
        return new ConnectionCap(limit, $"the open-file limit of {files} lowers the cap from {configured} to {limit} connections; raise LimitNOFILE (ulimit -n) to at least {configured + ReservedFiles}");
    }

    /// <summary>The soft open-file limit of this process, which .NET raises to the hard one at start. Null where there is no /proc.</summary>
    public static long? OpenFileLimit()
    {
        const string limits = "/proc/self/limits";
        const string label = "Max open files";
        var line = File.Exists(limits) ? File.ReadLines(limits).FirstOrDefault(l => l.StartsWith(label, StringComparison.Ordinal)) : null;
        var soft = line?[label.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var files) ? files : null;
    }
}
