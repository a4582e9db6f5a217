using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using PushNet.Actors.Feed;

namespace PushNet.Web.Ingest;

/// <summary>Reads a request body as groups of lines: each is what had arrived when it was asked for, so groups grow by themselves while the server is busy.</summary>
internal static class NdjsonBody
{
    private const int MaxGroupLines = 512;

    /// <summary>Reads until the body ends, or has sent nothing for the idle time-out, or must end.</summary>
    /// <param name="body">The body.</param>
    /// <param name="idleTimeout">The longest silence.</param>
    /// <param name="mustEnd">Ends the reading as if the body had ended behind its last whole line.</param>
    /// <param name="cancellation">Gives the reading up.</param>
    public static async IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync(
        PipeReader body, TimeSpan idleTimeout, CancellationToken mustEnd, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(mustEnd, cancellation);
        var cutter = new LineCutter();
        while (await ReadOrEnd(body, idleTimeout, end) is { } read)
        {
            var lines = cutter.Cut(read.Buffer);
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                lines.AddRange(cutter.Last());
            }

            foreach (var group in lines.Chunk(MaxGroupLines))
            {
                yield return group;
            }

            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static async Task<ReadResult?> ReadOrEnd(PipeReader body, TimeSpan idleTimeout, CancellationTokenSource end)
    {
        end.CancelAfter(idleTimeout);
        try
        {
            return await body.ReadAsync(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return null;
        }
    }
}
