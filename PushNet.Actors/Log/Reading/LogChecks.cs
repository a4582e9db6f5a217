namespace PushNet.Actors.Log.Reading;

/// <summary>What a log says of itself.</summary>
/// <param name="Log">Tells it from others, also from one of the same name that was there before.</param>
/// <param name="First">The first message that it holds; one more than <paramref name="Last"/> when it holds none.</param>
/// <param name="Last">The last message that it ever took.</param>
internal readonly record struct LogExtent(string Log, long First, long Last);

/// <summary>Whether a log is still what it was. Pure.</summary>
internal static class LogChecks
{
    /// <summary>What a check found.</summary>
    internal enum Finding
    {
        /// <summary>All that was read is there, and what comes begins behind it.</summary>
        Whole,

        /// <summary>Messages that were not read are gone; an image holds what they said.</summary>
        Overtaken,

        /// <summary>Messages that were acknowledged are gone.</summary>
        Lost,
    }

    /// <summary>Compares what was read with what is there.</summary>
    /// <param name="log">The log that was read.</param>
    /// <param name="last">The last message that was read.</param>
    /// <param name="now">The log as it is; null when there is none.</param>
    /// <param name="isSameLast">False when another message stands in the place of the last that was read.</param>
    public static Finding Of(string log, long last, LogExtent? now, bool isSameLast = true) =>
        now is not { } extent || extent.Log != log || extent.Last < last || !isSameLast ? Finding.Lost
        : extent.First > last + 1 ? Finding.Overtaken
        : Finding.Whole;

    /// <summary>Why it is lost, as a sentence for operators.</summary>
    public static string WhyLost(string log, long last, LogExtent? now) => now switch
    {
        null => "the log is gone: somebody deleted its stream",
        { } extent when extent.Log != log => "the log is another one: somebody deleted its stream and made it again",
        { Last: var end } when end < last => $"the log ends at message {end}, and this server has read message {last}: NATS lost the end",
        _ => $"message {last} of the log is not the one that this server has read: NATS lost messages and wrote others in their place",
    };
}
