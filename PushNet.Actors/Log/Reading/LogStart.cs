using System.Globalization;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Actors.Log.Reading;

/// <summary>Where the reading of a log begins.</summary>
/// <param name="Extent">The log as it is.</param>
/// <param name="Image">What to begin with; null for nothing.</param>
internal sealed record LogStart(LogExtent Extent, LogImage? Image)
{
    /// <summary>Finds it.</summary>
    /// <param name="log">The log.</param>
    /// <param name="id">The log that was read before; null when none was.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="LogBrokenException">The log is not what it was, or its beginning is gone and no image reaches it.</exception>
    /// <exception cref="LogFormatException">A later version wrote the image.</exception>
    public static async Task<LogStart> FindAsync(IBoardLog log, string? id, CancellationToken cancellation)
    {
        var found = await log.ExtentAsync(cancellation).ConfigureAwait(false);
        if (found is not { } extent || extent.Log != (id ?? extent.Log))
        {
            throw new LogBrokenException(isLost: true, LogChecks.WhyLost(id ?? "", 0, found));
        }

        var image = await log.NewestImageAsync(extent.Log, cancellation).ConfigureAwait(false);
        var last = image?.State.Sequence ?? 0;
        return LogChecks.Of(extent.Log, last, extent) switch
        {
            LogChecks.Finding.Lost => throw new LogBrokenException(isLost: true, LogChecks.WhyLost(extent.Log, last, extent)),
            LogChecks.Finding.Overtaken => throw new LogBrokenException(isLost: false, WhyNot(extent)),
            _ => new LogStart(extent, image),
        };
    }

    private static string WhyNot(LogExtent extent) => string.Create(
        CultureInfo.InvariantCulture,
        $"the log begins at message {extent.First:N0}, and no image reaches it. ")
            + "A server that runs writes an image every minute or so, and this one waits for it. When no server has the board any more, "
            + "delete the streams of the log and of its images, and begin with an empty board.";
}
