namespace PushNet.Actors.Wire;

/// <summary>A snapshot would be larger than it may be.</summary>
public sealed class SnapshotTooLargeException() : Exception("the snapshot is larger than it may be");
