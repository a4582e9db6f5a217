using System.Globalization;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd.Compression;

/// <summary>What one client received, compared with what was sent to a plain client beside it.</summary>
internal static class Received
{
    /// <summary>The number of an event, or of a snapshot.</summary>
    public static long SeqOf(string message)
    {
        const string key = "\"seq\":";
        return long.Parse(message[(message.LastIndexOf(key, StringComparison.Ordinal) + key.Length)..^1], CultureInfo.InvariantCulture);
    }

    public static bool IsEvent(string message) => !Is("welcome", message) && !Is("snapshot", message) && !Is("lagged", message);

    /// <summary>
    /// Fails unless the messages are welcome, snapshot, and all events since up to the last, each to the byte, except for those that
    /// <c>lagged</c> counted.
    /// </summary>
    /// <param name="client">The name of the client.</param>
    /// <param name="messages">What it received.</param>
    /// <param name="events">What was sent, by seq.</param>
    /// <param name="agreed">True when compression must have been agreed on.</param>
    public static void IsComplete(string client, IReadOnlyList<string> messages, IReadOnlyDictionary<long, string> events, bool agreed)
    {
        Assert.True(messages.Count > 2, $"{client} received {messages.Count} messages");
        Assert.True(Is("welcome", messages[0]) && Is("snapshot", messages[1]), client);
        Assert.True(messages[0].EndsWith(",\"compression\":\"shared\"}", StringComparison.Ordinal) == agreed, $"{client}: {messages[0]}");
        var (begin, last, count, dropped) = (SeqOf(messages[1]), SeqOf(messages[1]), 0L, 0L);
        foreach (var message in messages.Skip(2))
        {
            if (Is("lagged", message))
            {
                using var lagged = JsonDocument.Parse(message);
                dropped += lagged.RootElement.GetProperty("dropped").GetInt64();
            }
            else if (IsEvent(message))
            {
                var seq = SeqOf(message);
                Assert.True(seq > last, $"{client}: {seq} came behind {last}");
                Assert.True(events[seq] == message, $"{client}: {message} and not {events[seq]}");
                (last, count) = (seq, count + 1);
            }
        }

        Assert.True(last == events.Keys.Max(), $"{client} received {last} last");
        Assert.True(last - begin == count + dropped, $"{client}: {count} events and {dropped} dropped from {begin} to {last}");
    }

    private static bool Is(string type, string message) => message.StartsWith($"{{\"type\":\"{type}\"", StringComparison.Ordinal);
}
