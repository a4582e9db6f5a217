namespace PushNet.Web.Data;

/// <summary>Finds what is missing between the two files of a board, by the numbers of its commits. Pure.</summary>
internal static class BoardGaps
{
    private const string Remedy =
        "games and prices that only it held are missing or old until their sources send them again, or a backup is restored";

    /// <summary>Looks for commits that the journal must have held and no file has.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="snapshots">The snapshots; a snapshot has the number of the last commit before it.</param>
    /// <param name="lastCommit">The number of the last commit that is known of; null when none is.</param>
    /// <returns>A sentence for people; null when nothing is known to be missing.</returns>
    public static string? OfJournal(BoardNumbers journal, BoardNumbers snapshots, long? lastCommit)
    {
        var newest = Math.Max(journal.Newest, snapshots.Newest);
        return lastCommit > newest
                ? $"{Was(BoardTable.Journal, journal)}: the last commit had number {lastCommit}, and "
                    + $"{(newest == 0 ? "none is left" : $"the newest that is left has {newest}")}; {Remedy}."
            : journal.Newest == 0 && snapshots.Newest > 0
                ? $"{Was(BoardTable.Journal, journal)}: no more is left than the newest snapshot; {Remedy}."
            : null;
    }

    /// <summary>Looks for what the journal no longer has because a snapshot held it, although no snapshot does.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="snapshots">The snapshots.</param>
    /// <returns>A sentence for people; null when nothing is known to be missing.</returns>
    public static string? OfSnapshots(BoardNumbers journal, BoardNumbers snapshots) =>
        journal.Oldest > snapshots.Newest + 1
            ? $"{Was(BoardTable.Snapshots, snapshots)}: the journal begins with number {journal.Oldest}, and "
                + (snapshots.Newest == 0 ? "no snapshot holds" : $"the newest snapshot, of number {snapshots.Newest}, does not hold all")
                + $" that was before; {Remedy}."
        : snapshots.Found != FoundFile.Whole && journal.Oldest == 1
            ? $"{Was(BoardTable.Snapshots, snapshots)}: nothing is lost, for the journal holds every commit from the first."
        : null;

    private static string Was(BoardTable table, BoardNumbers file) => $"{table.File} {file.Found switch
    {
        FoundFile.Missing => "was missing",
        FoundFile.Empty => "was empty",
        _ => "was not as it was left",
    }}";
}

/// <summary>How a file was found at the start.</summary>
internal enum FoundFile
{
    /// <summary>It was there.</summary>
    Whole,

    /// <summary>It had no bytes.</summary>
    Empty,

    /// <summary>It was not there.</summary>
    Missing,
}

/// <summary>What a file of the board holds.</summary>
/// <param name="Found">How it was found.</param>
/// <param name="Oldest">The number of its oldest row; 0 when it has none.</param>
/// <param name="Newest">The number of its newest row; 0 when it has none.</param>
internal readonly record struct BoardNumbers(FoundFile Found, long Oldest, long Newest);
