namespace PushNet.Actors.Wire;

/// <summary>Whole frames that go out in one write, to everybody who takes this form of a batch.</summary>
/// <param name="bytes">The frames, one after the other.</param>
/// <param name="progress">Counts the subscribers that have not written it yet.</param>
public abstract class FrameBlock(ReadOnlyMemory<byte> bytes, FanOutProgress progress)
{
    /// <summary>All frames, one after the other.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Counts the subscribers that have not written it yet.</summary>
    public FanOutProgress Progress { get; } = progress;
}
