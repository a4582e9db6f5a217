using Microsoft.Extensions.Logging;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels.Groups;

/// <summary>What the compressed streams of a channel have in common.</summary>
/// <param name="settings">Their compression level, and whether they are read back.</param>
/// <param name="allowance">How many groups with a filter may have one; null for none.</param>
/// <param name="channel">The channel.</param>
/// <param name="counts">What is counted.</param>
/// <param name="log">Told when one breaks.</param>
internal sealed partial class StreamSetup(
    FanOutSettings settings, StreamAllowance? allowance, PushChannel channel, CompressionCounts counts, ILogger log)
{
    // At higher levels, many streams push each other out of the processor's caches.
    private const int FastestLevel = 1;

    /// <summary>Makes the inflater that reads back what was compressed, before it is sent; null when nothing is read back.</summary>
    public Func<MessageInflater>? Canary { get; init; } = settings.CompressionCanary ? () => new MessageInflater() : null;

    /// <summary>What is counted.</summary>
    public CompressionCounts Counts => counts;

    /// <summary>The compression level of the stream of a group: 1 to 9.</summary>
    /// <param name="isPlainGroup">True for the group that gets everything as it happens.</param>
    public int LevelOf(bool isPlainGroup) => isPlainGroup ? settings.CompressionLevel : FastestLevel;

    /// <summary>A group wants a stream.</summary>
    /// <param name="isPlainGroup">True for the group that gets everything as it happens, and may always have one.</param>
    /// <returns>False when there are as many as there may be.</returns>
    public bool TryOpen(bool isPlainGroup)
    {
        if (!isPlainGroup && allowance?.TryTake() != true)
        {
            return false;
        }

        counts.Opened();
        return true;
    }

    /// <summary>The stream of a group ends; another may be opened.</summary>
    public void Close(bool isPlainGroup)
    {
        counts.Closed();
        if (!isPlainGroup)
        {
            allowance?.GiveBack();
        }
    }

    /// <summary>A stream has ended for good.</summary>
    public void Broke(Exception cause)
    {
        counts.Broke();
        LogBroken(log, cause, channel.Name);
    }

    [LoggerMessage(1, LogLevel.Error, "A compressed stream of channel {Channel} could not be made. Nothing wrong was sent, and its clients "
        + "get plain frames from now on")]
    private static partial void LogBroken(ILogger log, Exception cause, string channel);
}
