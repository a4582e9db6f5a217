namespace PushNet.Actors.Wire;

/// <summary>A connection that is to take a snapshot. May be asked from any thread.</summary>
public interface ISnapshotHolder
{
    /// <summary>Bytes that its client has acknowledged; null where that is not to be had.</summary>
    long? BytesTaken { get; }

    /// <summary>True when it takes nothing any more because it is over.</summary>
    bool HasEnded { get; }

    /// <summary>Ends the connection at once, for it takes nothing and others wait for what it holds.</summary>
    void AbortStalled();
}
