namespace PushNet.Actors.Journal;

/// <summary>How the board is kept on disk. Where it is kept is configured in Akka.Persistence.</summary>
public sealed record JournalSettings
{
    /// <summary>Commits begin no closer together than this: each costs the same, however much it holds.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// A snapshot is taken when this many games and outcomes were written since the one before, or as many as the board holds,
    /// whichever is more.
    /// </summary>
    public int SnapshotInterval { get; init; } = 50_000;

    /// <summary>After a failure, the journal is opened again after this time, and then after twice as long each time.</summary>
    public TimeSpan MinBackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest of these times.</summary>
    public TimeSpan MaxBackOff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// True when commits may be missing from what is kept: nobody knows then which numbers were given to events, and a snapshot of
    /// what is left is taken at once.
    /// </summary>
    public bool IsIncomplete { get; init; }

    /// <summary>
    /// True when everybody may read why a write failed. A file's error says no more than that the disk is full. A database's error may
    /// name its host or its user, so it is only for the log.
    /// </summary>
    public bool TellsReasons { get; init; } = true;

    /// <summary>Whether this server may still write the board.</summary>
    public BoardOwnership Ownership { get; init; } = new();
}
