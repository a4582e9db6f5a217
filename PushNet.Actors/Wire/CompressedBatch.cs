namespace PushNet.Actors.Wire;

/// <summary>
/// The compressed form of a <see cref="FrameBatch"/>: the same events, deflated with all events before them as context. Only a client
/// that has read those can read it, unless it begins with a key frame. Immutable and shared, except for the counts.
/// </summary>
/// <param name="bytes">One compressed frame for each event.</param>
/// <param name="progress">The progress of the batch.</param>
/// <param name="position">The position of its first event in the compressed stream of the group, and of the one after its last.</param>
/// <param name="isKey">True when it begins with a key frame.</param>
/// <param name="demand">Raised for a client that needs a key frame.</param>
public sealed class CompressedBatch(
    ReadOnlyMemory<byte> bytes, FanOutProgress progress, (long Begin, long End) position, bool isKey, KeyFrameDemand demand)
    : FrameBlock(bytes, progress)
{
    private int _refused;

    /// <summary>The position of its first event in the compressed stream of the group. No position is used twice.</summary>
    public long Begin => position.Begin;

    /// <summary>The position behind its last event.</summary>
    public long End => position.End;

    /// <summary>True when it can be read without anything before it.</summary>
    public bool IsKey => isKey;

    /// <summary>How many clients had to be given the plain form because they are out of step.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>A client that takes compressed frames is out of step and is given the plain form.</summary>
    public void Refuse()
    {
        Interlocked.Increment(ref _refused);
        demand.Raise();
    }
}
