using PushNet.Actors.Wire;

namespace PushNet.Actors.Subscribers;

/// <summary>
/// How far a client has read the compressed stream of its group, which is all that its inflater knows. It can be given a compressed
/// batch that goes on from there, or that begins with a key frame. A mistake here would show the client wrong data without an error. Ask
/// it when something is written, not before: see <c>docs/decisions/compress-once.md</c>. Pure and not thread-safe.
/// </summary>
public sealed class StreamStep
{
    private const long OutOfStep = -1;

    private long _end = OutOfStep;

    /// <summary>The form of a batch that the client is given now, as the next that is written to it.</summary>
    public FrameBlock Next(FrameBatch batch)
    {
        // Plain frames leave the inflater as it is.
        if (batch.Compressed is not { } compressed)
        {
            return batch;
        }

        if (compressed.IsKey || compressed.Begin == _end)
        {
            _end = compressed.End;
            return compressed;
        }

        compressed.Refuse();
        return batch;
    }

    /// <summary>A compressed frame that does not belong to the stream is written, so the inflater has moved elsewhere.</summary>
    public void StandAlone() => _end = OutOfStep;

    /// <summary>The events before a newcomer's first batch are written, behind its snapshot.</summary>
    public void Entered(CatchUp since) => _end = since.CompressedUpTo ?? OutOfStep;
}
