using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace PushNet.Actors.Feed;

/// <summary>
/// Plays a file of observations once, each at its <c>at</c> (seconds from the start, 0 or more). The file should be in order of
/// time: it is read as it is played, so a line that comes after a later one is played at once when it is reached. A line
/// without a usable <c>at</c> is played with the line before it. A broken line is handed on too, so that it is reported with
/// its number. Neither stops the replay.
/// </summary>
public sealed class ReplayFeed : IFeedSource
{
    // Ten years: beyond any recording, and far from what overflows a TimeSpan.
    private const double LatestAt = 10 * 366 * 86_400.0;

    private readonly string _path;
    private readonly TimedPlayer _player;

    /// <summary>A replay of one file, which is opened when it is read.</summary>
    /// <param name="path">The NDJSON file.</param>
    /// <param name="speed">How many times faster than recorded; greater than 0.</param>
    /// <param name="time">The clock it plays against.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not a number greater than 0.</exception>
    public ReplayFeed(string path, double speed, TimeProvider time)
    {
        _path = path;
        _player = new TimedPlayer(time, speed);
    }

    /// <inheritdoc />
    public bool IsDemo => false;

    /// <inheritdoc />
    public IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync(CancellationToken cancellation) =>
        _player.PlayAsync(TimedLinesAsync(cancellation), cancellation);

    private async IAsyncEnumerable<TimedLine> TimedLinesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // A small buffer is enough, because the reader below has its own.
        var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1,
            FileOptions.SequentialScan | FileOptions.Asynchronous);
        await using var closing = file.ConfigureAwait(false);
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(leaveOpen: true));
        var cutter = new LineCutter();
        var at = TimeSpan.Zero;
        try
        {
            for (var ended = false; !ended;)
            {
                var read = await reader.ReadAsync(cancellation).ConfigureAwait(false);
                var lines = cutter.Cut(read);
                reader.AdvanceTo(read.Buffer.End);
                ended = read.IsCompleted;
                foreach (var line in lines)
                {
                    at = At(line.Utf8.Span) ?? at;
                    yield return new TimedLine(line.Number, at, line.Utf8);
                }
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static TimeSpan? At(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            TimeSpan? at = null;
            while (reader.Read())
            {
                if (reader.CurrentDepth is not 1 || reader.TokenType is not JsonTokenType.PropertyName || !reader.ValueTextEquals("at"u8))
                    continue;
                reader.Read();
                at = Seconds(ref reader);
            }

            return at;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The second is what a name with half a surrogate pair throws.
            return null;
        }
    }

    private static TimeSpan? Seconds(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Number && reader.TryGetDouble(out var seconds) && seconds is >= 0 and <= LatestAt
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
