namespace PushNet.Actors.Feed.Health;

/// <summary>Whether a source works.</summary>
public enum SourceState
{
    /// <summary>Nothing has come from it yet.</summary>
    Waiting,

    /// <summary>It works.</summary>
    Running,

    /// <summary>It was silent for longer than it may be. Whether it is connected says nothing about that.</summary>
    Stale,

    /// <summary>It is broken, and is tried again with back-off.</summary>
    Failing,

    /// <summary>It has sent all it had.</summary>
    Ended,
}
