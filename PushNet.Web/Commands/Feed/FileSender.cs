using System.IO.Pipelines;
using PushNet.Actors.Feed;
using PushNet.Actors.State;
using PushNet.Web.Ingest;

namespace PushNet.Web.Commands.Feed;

/// <summary>Sends the lines of a stream as they come, and knows how far it got.</summary>
internal sealed class FileSender(IFeedTarget target)
{
    private const int MaxLines = 512;
    private const int MaxErrors = 100;

    private readonly List<LineError> _errors = [];
    private readonly List<LineWarning> _warnings = [];

    /// <summary>What became of the lines so far.</summary>
    public FeedCounts Counts { get; private set; }

    /// <summary>The number of the last line that was taken; 0 before the first.</summary>
    public long LastLine { get; private set; }

    /// <summary>Why lines were rejected, for the first hundred.</summary>
    public IReadOnlyList<LineError> Errors => _errors;

    /// <summary>What the server says about the first lines that it took with a warning.</summary>
    public IReadOnlyList<LineWarning> Warnings => _warnings;

    /// <summary>Sends all.</summary>
    /// <param name="stream">NDJSON.</param>
    /// <param name="onProgress">Told after each group how many bytes of the stream are done.</param>
    /// <exception cref="IOException">Lines behind <see cref="LastLine"/> could not be sent.</exception>
    public async Task SendAsync(Stream stream, Action<long> onProgress)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var cutter = new LineCutter();
        var bytes = 0L;
        for (var ended = false; !ended;)
        {
            var read = await reader.ReadAsync();
            var lines = cutter.Cut(read);
            bytes += read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            ended = read.IsCompleted;
            foreach (var group in lines.Chunk(MaxLines))
            {
                Add(await target.SendAsync(group), group);
            }

            onProgress(bytes);
        }
    }

    private void Add(IngestSummary part, FeedLine[] group)
    {
        Counts = Counts.Plus(part);
        LastLine = part.Lines > 0 ? group[part.Lines - 1].Number : LastLine;
        _errors.AddRange(part.Errors.Take(MaxErrors - _errors.Count).Select(error => error with { Line = group[error.Line - 1].Number }));
        _warnings.AddRange((part.Warnings ?? []).Take(MaxErrors - _warnings.Count)
            .Select(warning => warning with { Line = group[warning.Line - 1].Number }));
        if (part.Lines < group.Length)
        {
            // How a stopping server ends a body.
            throw new IOException($"the server took {part.Lines} of {group.Length} lines and ended the request; it is stopping");
        }
    }
}
