using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace PushNet.Actors.Feed;

/// <summary>Cuts a stream into lines, holding no more of it than one line.</summary>
internal static class LineReader
{
    /// <summary>
    /// The most bytes of a line that are kept. It is more than any line may have, so a line that was cut here is still
    /// too long for the parser and is rejected with its number.
    /// </summary>
    public const int MaxLine = 128 * 1024;

    /// <summary>Reads the lines that are not blank, with their physical numbers; a byte order mark is no part of them.</summary>
    public static async IAsyncEnumerable<FeedLine> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var number = 1L;
        var line = new ArrayBufferWriter<byte>();
        try
        {
            for (var ended = false; !ended;)
            {
                var result = await reader.ReadAsync(cancellation).ConfigureAwait(false);
                var rest = result.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    Keep(line, rest.Slice(0, end));
                    rest = rest.Slice(rest.GetPosition(1, end));
                    if (Finish(line, number) is { } read)
                        yield return read;
                    number++;
                }

                Keep(line, rest);
                reader.AdvanceTo(result.Buffer.End);
                ended = result.IsCompleted;
            }

            if (Finish(line, number) is { } last)
                yield return last;
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static void Keep(ArrayBufferWriter<byte> line, ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes.Slice(0, Math.Min(bytes.Length, MaxLine - line.WrittenCount)))
            line.Write(segment.Span);
    }

    private static FeedLine? Finish(ArrayBufferWriter<byte> line, long number)
    {
        var kept = line.WrittenSpan.TrimEnd((byte)'\r').ToArray();
        line.ResetWrittenCount();
        return FeedLine.Of(number, kept);
    }
}
