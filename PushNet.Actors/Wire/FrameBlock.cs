namespace PushNet.Actors.Wire;

/// <summary>Whole frames that go out in one write, to everybody who takes this form of a batch.</summary>
/// <param name="bytes">The frames, one after the other.</param>
/// <param name="progress">Counts who has still to write it.</param>
public abstract class FrameBlock(ReadOnlyMemory<byte> bytes, FanOutProgress progress)
{
    /// <summary>All frames, one after the other.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Counts who has still to write it.</summary>
    public FanOutProgress Progress { get; } = progress;
}
