namespace PushNet.Actors.Wire;

/// <summary>A connection that is to take a snapshot. May be asked from any thread.</summary>
public interface ISnapshotHolder
{
    /// <summary>Bytes that its client has acknowledged; null where that can't be known.</summary>
    long? BytesTaken { get; }

    /// <summary>True when the connection is over and takes nothing any more.</summary>
    bool HasEnded { get; }

    /// <summary>Ends the connection at once, because it takes nothing while others wait for what it holds.</summary>
    void AbortStalled();
}
