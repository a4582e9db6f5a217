using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using PushNet.Actors.Feed;

namespace PushNet.Web.Ingest;

/// <summary>
/// Reads a request body as groups of lines. Each group is what had arrived when it was asked for, so groups grow by themselves while
/// the server is busy.
/// </summary>
internal static class NdjsonBody
{
    private const int MaxLines = 512;

    /// <summary>Reads until the body ends, or has sent nothing for the idle timeout, or must end.</summary>
    /// <param name="bytes">Its bytes, decoded.</param>
    /// <param name="body">Says when it must end, as if it had ended behind its last whole line. Told when the bytes are broken.</param>
    /// <param name="idleTimeout">The longest silence.</param>
    /// <param name="pace">Holds back the lines of the body's key.</param>
    /// <param name="cancellation">Gives up the reading.</param>
    public static async IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync(
        PipeReader bytes, IngestBody body, TimeSpan idleTimeout, LinePace pace, [
            EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var key = body.Secret.Key;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(body.MustEnd, cancellation);
        var cutter = new LineCutter();
        while (true)
        {
            end.CancelAfter(idleTimeout);
            if (await ReadOrEnd(bytes, end.Token, body.Break) is not { } read)
            {
                yield break;
            }

            var lines = cutter.Cut(read);
            bytes.AdvanceTo(read.Buffer.End);

            // Only the sender's silence counts as idle.
            end.CancelAfter(Timeout.InfiniteTimeSpan);
            foreach (var group in lines.Chunk(LinePace.LinesAtOnce(key, MaxLines)))
            {
                if (!await pace.WaitAsync(key, group.Length, end.Token))
                {
                    yield break;
                }

                yield return group;
            }

            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    /// <summary>Reads what is left of a body and throws it away.</summary>
    /// <param name="body">The body.</param>
    /// <param name="longest">How long to go on.</param>
    /// <returns>False when the time ran out before the body ended.</returns>
    public static async Task<bool> DiscardAsync(PipeReader body, TimeSpan longest)
    {
        using var end = new CancellationTokenSource(longest);
        while (await ReadOrEnd(body, end.Token) is { } read)
        {
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return true;
            }
        }

        return !end.IsCancellationRequested;
    }

    private static async Task<ReadResult?> ReadOrEnd(PipeReader body, CancellationToken end, Action<string>? onBroken = null)
    {
        try
        {
            return await body.ReadAsync(end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return null;
        }
        catch (InvalidDataException e)
        {
            onBroken?.Invoke($"the body can't be unpacked: {e.Message}");
            return null;
        }
        catch (Exception e) when (e is BadHttpRequestException or IOException { InnerException: OverflowException })
        {
            // The second is what Kestrel throws for a chunk size over 2 GB.
            onBroken?.Invoke($"the body breaks off, or is not sent as HTTP demands: {e.Message}");
            return null;
        }
    }
}
