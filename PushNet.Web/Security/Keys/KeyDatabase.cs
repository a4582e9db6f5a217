using Microsoft.Data.Sqlite;
using PushNet.Web.Data;

namespace PushNet.Web.Security.Keys;

/// <summary>The SQLite file below <see cref="KeyFile"/>: its schema, its permissions, and its errors as sentences.</summary>
/// <param name="path">The full path.</param>
internal sealed class KeyDatabase(string path)
{
    // Tells a file of keys from any other SQLite file: "PNky".
    private const long ApplicationId = 0x504E6B79;
    private const long SchemaVersion = 1;

    // A rollback journal and not WAL, so that every commit shows in the file itself. That is how a running server sees it.
    private const string Schema =
        """
        CREATE TABLE keys (
          id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, scopes TEXT NOT NULL, max_connections INTEGER,
          max_lines_per_second INTEGER, created_at INTEGER NOT NULL, expires_at INTEGER, revoked_at INTEGER, last_used_at INTEGER) STRICT;
        CREATE UNIQUE INDEX names_in_use ON keys (name) WHERE revoked_at IS NULL;
        CREATE TABLE secrets (
          sha256 BLOB PRIMARY KEY, key_id INTEGER NOT NULL REFERENCES keys (id), created_at INTEGER NOT NULL, expires_at INTEGER) STRICT;
        CREATE INDEX secrets_of_key ON secrets (key_id);
        """;

    public string Path => path;

    /// <summary>Runs statements in one transaction.</summary>
    /// <exception cref="KeyStoreException">The file is not there, is empty, or can't be used.</exception>
    public T Write<T>(Func<SqliteConnection, T> statements) => Guard(() =>
    {
        RequireThere();
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        if (!HasSchema(connection))
        {
            throw IsEmpty();
        }

        var result = statements(connection);
        transaction.Commit();
        return result;
    });

    /// <summary>Makes the file unless it is there, and its directory.</summary>
    /// <exception cref="KeyStoreException">It can't be made.</exception>
    public void Create() => Guard(() =>
    {
        new DataDirectory(System.IO.Path.GetDirectoryName(path)!).Create();
        DataDirectory.CreatePrivate(path);
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        if (!HasSchema(connection))
        {
            SqliteCommands.Execute(connection, $"{Schema} {SqliteIdentity.Statements(ApplicationId, SchemaVersion)}");
        }

        transaction.Commit();
        return true;
    });

    /// <summary>Runs one query.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="row">Makes a value of a row.</param>
    /// <param name="mustHold">True when a file that is gone or empty is a fault, because it held keys before.</param>
    /// <returns>Its rows; none when there is no file.</returns>
    /// <exception cref="KeyStoreException">The file can't be used.</exception>
    public IReadOnlyList<T> Read<T>(string sql, Func<SqliteDataReader, T> row, bool mustHold = false) => Guard(() =>
    {
        var rows = new List<T>();
        if (mustHold)
        {
            RequireThere();
        }
        else if (!File.Exists(path))
        {
            return rows;
        }

        using var connection = Open();
        if (!HasSchema(connection))
        {
            return mustHold ? throw IsEmpty() : rows;
        }

        using var command = SqliteCommands.Create(connection, sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    });

    /// <summary>Checks the whole file, and restricts it to its owner.</summary>
    /// <exception cref="KeyStoreException">It is damaged, or belongs to somebody else.</exception>
    public void Check()
    {
        if (!File.Exists(path))
        {
            return;
        }

        Guard(() =>
        {
            DataDirectory.MakePrivate(path);
            return true;
        });
        if (Read("PRAGMA quick_check(1)", row => row.GetString(0)) is [var fault] && fault != "ok")
        {
            throw Damaged(fault, null);
        }
    }

    private void RequireThere()
    {
        if (!File.Exists(path))
        {
            throw new KeyStoreException($"there is no {path}; put a copy of it back, or keys create makes it anew");
        }
    }

    private KeyStoreException IsEmpty() => new($"{path} is empty; put a copy of it back, or create the keys again");

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = 2,
        }.ToString());
        connection.Open();
        return connection;
    }

    // A file of no bytes is left over from a first key that was not finished.
    private bool HasSchema(SqliteConnection connection) => SqliteIdentity.Of(connection) switch
    {
        (ApplicationId, SchemaVersion, _) => true,
        (ApplicationId, var format, _) => throw new KeyStoreException(
            $"{path} was written by another version of PushNet (format {format}, this one knows {SchemaVersion}). Start that version, or "
                + $"move the file away and create the keys again."),
        { IsBlank: true } => false,
        _ => throw new KeyStoreException($"{path} is a database, but not of keys. Move it away, or name another directory."),
    };

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e) when (SqliteIdentity.IsDamage(e))
        {
            throw Damaged(e.Message, e);
        }
        catch (Exception e) when (e is SqliteException or UnauthorizedAccessException or (IOException and not KeyStoreException))
        {
            throw new KeyStoreException($"{path} can't be used: {e.Message}", e);
        }
        catch (Exception e) when (
            e is InvalidDataException or InvalidCastException or InvalidOperationException or ArgumentException or OverflowException)
        {
            // The file has values that no key has, which SQLite does not notice.
            throw Damaged(e.Message, e);
        }
    }

    private KeyStoreException Damaged(string fault, Exception? inner) =>
        new($"{path} is damaged ({fault}). Put a copy of it back, or move it away and create the keys again.", inner);
}
