using Microsoft.Data.Sqlite;

namespace PushNet.Web.Data;

/// <summary>The two files of the board, which are checked and then kept open as long as the server runs.</summary>
internal sealed class BoardFiles : IDisposable
{
    private readonly DataDirectory _data;
    private readonly BoardNotes _notes;
    private readonly BoardFile[] _files;
    private readonly HeldFile _journal;
    private readonly HeldFile _snapshots;

    private BoardFiles(DataDirectory data, BoardNotes notes, BoardFile journal, BoardFile snapshots) =>
        (_data, _notes, _files, _journal, _snapshots) = (data, notes, [journal, snapshots], new HeldFile(journal), new HeldFile(snapshots));

    /// <summary>What may be missing and nobody has accepted yet; sentences.</summary>
    public required IReadOnlyList<string> Losses { get; init; }

    /// <summary>True when this start found something missing.</summary>
    public required bool IsIncomplete { get; init; }

    /// <summary>Why nothing can be kept in the files, a sentence for everybody; null while they are where they were at the start.</summary>
    public string? Fault =>
        !Directory.Exists(_data.FullPath) ? "The data directory was deleted or moved away under the running server, so nothing can be "
            + "kept. Move it back, or restart the server: it begins with what is there then."
        : (_journal.Displaced() ?? _snapshots.Displaced()) is { } name ? $"{name} was deleted or replaced under the running server, so "
            + $"nothing can be kept. Move it back, or restart the server: it begins with what is there then."
        : null;

    /// <summary>True when what was found missing has been accepted.</summary>
    public bool IsAccepted => IsNoted && !_notes.HasLosses;

    private bool IsNoted { get; init; }

    /// <summary>Makes the files, or checks them: takes over what can be read of damaged ones, and finds what is missing.</summary>
    /// <param name="data">Where they are.</param>
    /// <param name="now">Names the directory for damaged files.</param>
    /// <exception cref="IOException">They can't be used.</exception>
    public static BoardFiles Open(DataDirectory data, DateTimeOffset now)
    {
        var (journal, snapshots) = (new BoardFile(data, BoardTable.Journal), new BoardFile(data, BoardTable.Snapshots));
        var (notes, salvage) = (new BoardNotes(data), new BoardSalvage(data, now));
        salvage.SetAsideWhatIsLeftOf(journal);
        salvage.SetAsideWhatIsLeftOf(snapshots);
        var snapshotsLoss = snapshots.Check() is { } snapshotsFault ? salvage.Snapshots(snapshots, snapshotsFault) : null;
        var journalLoss = journal.Check() is { } journalFault ? salvage.Entries(journal, journalFault, snapshots.Newest()) : null;
        var (entries, images) = (journal.Numbers(), snapshots.Numbers());
        snapshotsLoss ??= BoardGaps.OfSnapshots(entries, images);
        journalLoss ??= BoardGaps.OfJournal(entries, images, notes.LastCommit);
        string[] found = [.. new[] { snapshotsLoss, journalLoss }.OfType<string>()];
        string[] losses = [.. notes.Losses.Union(found)];
        return new BoardFiles(data, notes, journal, snapshots)
        {
            Losses = losses,
            IsIncomplete = found.Length > 0,
            IsNoted = found.Length == 0 || TryNote(notes, found, Math.Max(entries.Newest, images.Newest)),
        };
    }

    /// <summary>How Akka.Persistence opens one of them.</summary>
    public string ConnectionString(BoardTable table) =>
        _files.Single(file => file.Table == table).ConnectionString(SqliteOpenMode.ReadWrite, isPooled: true);

    /// <summary>
    /// The names of those that no other program can open until this server ends, because the disk had no room for what SQLite shares.
    /// </summary>
    public IEnumerable<string> Exclusive => _files.Where(file => file.IsExclusive).Select(file => file.Table.File);

    /// <summary>Makes sure that nothing is written where nobody would find it.</summary>
    /// <exception cref="IOException">The files are not where they were at the start.</exception>
    public void RequireInPlace()
    {
        if (Fault is { } fault)
        {
            throw new IOException(fault);
        }
    }

    /// <summary>
    /// Notes the number of the last commit beside the files. If that fails, the note falls behind, and then it says less, but nothing
    /// wrong.
    /// </summary>
    public void NoteCommit()
    {
        try
        {
            if (Fault is null && _journal.Newest() is > 0 and var newest)
            {
                _notes.NoteCommit(newest);
            }
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            // The next commit meets the same disk, and says so.
        }
    }

    public void Dispose()
    {
        NoteCommit();
        _journal.Dispose();
        _snapshots.Dispose();
    }

    // On a full disk this fails, and the next start finds the same again.
    private static bool TryNote(BoardNotes notes, IEnumerable<string> losses, long newest)
    {
        try
        {
            notes.NoteLosses(losses, newest);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
