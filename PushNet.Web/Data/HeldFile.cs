using Microsoft.Data.Sqlite;

namespace PushNet.Web.Data;

/// <summary>
/// A file of the board that is kept open as long as the server runs, so that it is noticed when it is no longer where it was.
/// </summary>
internal sealed class HeldFile : IDisposable
{
    private readonly BoardFile _file;
    private readonly SqliteConnection _connection;
    private readonly (string Path, FileIdentity? Identity)[] _atStart;

    /// <summary>Opens it.</summary>
    public HeldFile(BoardFile file)
    {
        _file = file;
        _connection = file.Open(SqliteOpenMode.ReadWrite);

        // With the first query SQLite opens the files beside it. It makes new ones only after the last connection was closed.
        SqliteCommands.Scalar(_connection, "SELECT count(*) FROM sqlite_master");
        _atStart = [.. BoardFile.Suffixes.Select(suffix => file.FullPath + suffix).Select(path => (path, UnixFiles.IdentityOf(path)))];
    }

    /// <summary>
    /// The name of the first file, among it and those beside it, that was deleted, moved or replaced; null while all are where they
    /// were.
    /// </summary>
    public string? Displaced()
    {
        foreach (var (path, identity) in _atStart)
        {
            if (UnixFiles.IdentityOf(path) != identity)
            {
                return Path.GetFileName(path);
            }
        }

        return null;
    }

    /// <summary>The number of its newest row; 0 when it has none.</summary>
    public long Newest() => _file.Newest();

    public void Dispose() => _connection.Dispose();
}
