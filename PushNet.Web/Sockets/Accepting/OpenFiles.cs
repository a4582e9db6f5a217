using System.Globalization;

namespace PushNet.Web.Sockets.Accepting;

/// <summary>The open files of this process, including connections. They are known only where there is /proc.</summary>
internal static class OpenFiles
{
    private const string Limits = "/proc/self/limits";
    private const string Opened = "/proc/self/fd";

    /// <summary>
    /// How many there may be: the soft limit, which .NET raises to the hard one at start. Null where it is not known or there is none.
    /// </summary>
    public static long? Limit()
    {
        const string label = "Max open files";
        var line = File.Exists(Limits) ? File.ReadLines(Limits).FirstOrDefault(l => l.StartsWith(label, StringComparison.Ordinal)) : null;
        var soft = line?[label.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var files) ? files : null;
    }

    /// <summary>How many there are; 0 where that is not known.</summary>
    public static int Count() => Directory.Exists(Opened) ? Directory.EnumerateFileSystemEntries(Opened).Count() : 0;
}
