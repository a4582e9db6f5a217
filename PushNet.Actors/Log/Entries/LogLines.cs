using System.Buffers;
using System.Text.Json;
using PushNet.Actors.Feed;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Log.Entries;

/// <summary>From lines to entries and back. Pure.</summary>
internal static class LogLines
{
    /// <summary>The most lines of an entry.</summary>
    public const int MaxLines = 512;

    /// <summary>
    /// The most bytes of an entry's lines. NATS takes a megabyte, and the longest line is a quarter of this.
    /// </summary>
    public const int MaxBytes = 256 * 1024;

    // Most lines are shorter. When there is less room, the writer of JSON asks for 4 KB more.
    private const int RoomForLine = 512;

    /// <summary>Cuts lines into as many as entries may hold, in order.</summary>
    /// <typeparam name="T">What a line is.</typeparam>
    /// <param name="lines">The lines.</param>
    /// <param name="lengthOf">The bytes of a line.</param>
    public static IEnumerable<IReadOnlyList<T>> Cut<T>(IEnumerable<T> lines, Func<T, int> lengthOf)
    {
        var (part, bytes) = (new List<T>(), 0);
        foreach (var line in lines)
        {
            var length = lengthOf(line);
            if (part.Count == MaxLines || (part.Count > 0 && bytes + length > MaxBytes))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(line);
            bytes += length;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    /// <summary>
    /// Writes an observation as every server reads it back. What its line held besides is left out, so it costs nobody anything.
    /// </summary>
    /// <param name="observation">What a source saw.</param>
    /// <param name="line">The line.</param>
    /// <returns>Why it can't be written, as a sentence; null when it can.</returns>
    public static string? TryWrite(Observation observation, out LogLine line)
    {
        var own = observation.IsTsOfStorage ? observation with { Ts = null, IsTsOfStorage = false } : observation;
        var utf8 = new ArrayBufferWriter<byte>(RoomForLine);
        using (var json = new Utf8JsonWriter(utf8, WireJson.Options))
        {
            ObservationWriter.Write(json, own, at: null);
        }

        line = new LogLine(
            utf8.WrittenMemory,
            observation.IsTsOfStorage ? observation.Ts : null,
            observation.Rev.IsOwn ? Rev.None : observation.Rev);
        return utf8.WrittenCount <= FeedParser.MaxLineBytes ? null
            : $"the line is longer than {FeedParser.MaxLineBytes} bytes when all its fields are written";
    }

    /// <summary>The lines of an entry as a group for the board, numbered from 1.</summary>
    /// <exception cref="LogFormatException">A line is not an observation here, though it is one for its sender.</exception>
    public static ObserveLines GroupOf(LinesEntry entry) => new(entry.Source, false, [.. entry.Lines.Select(Parse)]);

    private static ParsedLine Parse(LogLine line, int index)
    {
        var parsed = FeedParser.Parse(new FeedLine(index + 1, line.Utf8, line.StoredAt, line.Rev));
        return parsed.Error is null ? parsed : throw new LogFormatException(
            $"its line {parsed.Number} is no observation here, though its sender took it for one: {parsed.Error}. The versions of the "
                + "servers differ; update this one.");
    }
}
