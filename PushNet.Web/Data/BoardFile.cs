using Microsoft.Data.Sqlite;
using PushNet.Actors.Journal;

namespace PushNet.Web.Data;

/// <summary>A SQLite file of the board, which is made, or checked, before anybody else opens it.</summary>
internal sealed class BoardFile(DataDirectory data, BoardTable table)
{
    /// <summary>Tells a file of a board from any other SQLite file: "PNbd".</summary>
    public const long ApplicationId = 0x504E6264;

    /// <summary>The endings of its name, and of the names of the files that SQLite keeps beside it.</summary>
    public static readonly string[] Suffixes = ["", "-wal", "-shm"];

    private const int SqliteFull = 13;

    // SQLITE_IOERR_SHMSIZE: no room for the memory that SQLite shares with other programs through the -shm file.
    private const int SqliteNoRoomForShared = 10 | (19 << 8);

    public string FullPath { get; } = Path.Combine(data.FullPath, table.File);

    public BoardTable Table => table;

    /// <summary>The state in which it was found, before anybody touched it.</summary>
    public FoundFile Found { get; } = new FileInfo(Path.Combine(data.FullPath, table.File)) switch
    {
        { Exists: false } => FoundFile.Missing,
        { Length: 0 } => FoundFile.Empty,
        _ => FoundFile.Whole,
    };

    /// <summary>
    /// True when this process keeps the file to itself until it ends, because there is no room for what SQLite shares with other
    /// programs.
    /// </summary>
    public bool IsExclusive { get; private set; }

    /// <summary>Makes the file if it is missing; otherwise reads all of it.</summary>
    /// <returns>What is wrong with it; null when it is sound.</returns>
    /// <exception cref="IOException">It can't be used, and is not damaged either.</exception>
    public string? Check()
    {
        try
        {
            return Read();
        }
        catch (SqliteException e) when (SqliteIdentity.IsDamage(e))
        {
            return e.Message;
        }
        catch (SqliteException e) when (e.SqliteExtendedErrorCode == SqliteNoRoomForShared && !IsExclusive && !OperatingSystem.IsWindows())
        {
            IsExclusive = true;
            return Check();
        }
        catch (Exception e) when (e is SqliteException or UnauthorizedAccessException)
        {
            throw new IOException($"{FullPath} can't be used: {e.Message}", e);
        }
    }

    /// <summary>The number of its newest row; 0 when it has none.</summary>
    public long Newest() => Number("max");

    /// <summary>What it holds.</summary>
    public BoardNumbers Numbers() => new(Found, Number("min"), Newest());

    /// <summary>How to open it.</summary>
    /// <param name="mode">What for.</param>
    /// <param name="isPooled">True when connections stay open for the next one to use them.</param>
    public string ConnectionString(SqliteOpenMode mode, bool isPooled)
    {
        var parts = new SqliteConnectionStringBuilder { DataSource = FullPath, Mode = mode, Pooling = isPooled };
        if (IsExclusive)
        {
            // Memory is shared inside the process only. A connection that can't write can't lock the file, and would need the -shm file.
            (parts.Vfs, parts.Mode) = ("unix-excl", SqliteOpenMode.ReadWrite);
        }

        return parts.ToString();
    }

    /// <summary>Opens it.</summary>
    public SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(ConnectionString(mode, isPooled: false));
        connection.Open();
        return connection;
    }

    private string? Read()
    {
        DataDirectory.CreatePrivate(FullPath);
        using var connection = Open(SqliteOpenMode.ReadWrite);
        if (!IsOfThisFormat(connection))
        {
            Mark(connection);
        }

        // Always done, because a copy that VACUUM INTO made is not in WAL mode.
        SqliteCommands.Execute(connection, "PRAGMA journal_mode = WAL");
        return SqliteCommands.Scalar(connection, "PRAGMA quick_check(1)") is string fault && fault != "ok"
            ? fault : FirstBroken(connection);
    }

    private long Number(string which)
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        return HasTable(connection) && SqliteCommands.Scalar(
            connection, $"SELECT {which}(sequence_number) FROM {table.Table}") is long number ? number : 0;
    }

    // Done before the first row of this format is written, so that an earlier version refuses the file instead of reading half of it.
    private static void Mark(SqliteConnection connection)
    {
        try
        {
            SqliteCommands.Execute(connection, SqliteIdentity.Statements(ApplicationId, BoardPayload.Format));
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteFull)
        {
            // The board can be read all the same. An earlier version finds the format in the rows, if there will be any.
        }
    }

    private bool IsOfThisFormat(SqliteConnection connection) => SqliteIdentity.Of(connection) switch
    {
        (ApplicationId, > BoardPayload.Format and var format, _) => throw new IOException(
            $"{FullPath} was written by a later version of PushNet (format {format}, this one knows {BoardPayload.Format}). Start that "
                + $"version, or put back the copy that was made before the upgrade."),
        (ApplicationId, var format, _) => format == BoardPayload.Format,
        { IsBlank: true } => false,
        _ => throw new IOException($"{FullPath} is a database, but not of a board. Move it away, or name another directory."),
    };

    // Finds what SQLite can't see: bytes that changed inside a row.
    private string? FirstBroken(SqliteConnection connection)
    {
        if (!HasTable(connection))
        {
            return null;
        }

        using var command = SqliteCommands.Create(connection, $"SELECT sequence_number, {table.Payload} FROM {table.Table}");
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            if (!BoardPayload.IsIntact(row.GetFieldValue<byte[]>(1)))
            {
                return $"number {row.GetInt64(0)} of its {table.Rows} is not what was written";
            }
        }

        return null;
    }

    // Akka.Persistence makes it when it first opens the file.
    private bool HasTable(SqliteConnection connection) =>
        SqliteCommands.Scalar(
            connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $table", ("$table", table.Table)) is not null;
}
