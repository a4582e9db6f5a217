namespace PushNet.Web.Data;

/// <summary>One of the two files in which Akka.Persistence keeps the board, with what must be known of its table.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Table">Its table.</param>
/// <param name="Payload">The column with the bytes of a <see cref="Actors.Journal.BoardPayload"/>.</param>
/// <param name="Rows">What its rows are, for people.</param>
internal sealed record BoardTable(string File, string Table, string Payload, string Rows)
{
    public static readonly BoardTable Journal = new("journal.db", "journal", "message", "entries");

    // A file of its own: SQLite has one writer per file, and commits must not wait for a snapshot.
    public static readonly BoardTable Snapshots = new("snapshots.db", "snapshot", "snapshot", "snapshots");
}
