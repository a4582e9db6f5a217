using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace PushNet.Web.Data;

/// <summary>
/// What is asked of PostgreSQL for the lock of a board: an advisory lock, and beside it a row that says whose session holds it and
/// when that session was last seen alive, by the database's clock. Every call may throw <see cref="NpgsqlException"/>.
/// </summary>
internal sealed class DatabaseSession : IDisposable
{
    private const string Table = "pushnet_server";

    // One statement does all, so that there is never a lock without its row and its epoch, whenever the connection breaks.
    private static readonly string Lock = $"""
        WITH lock AS (SELECT pg_try_advisory_lock({BoardFile.ApplicationId}) AS taken),
        told AS (
          INSERT INTO {Table} (id, pid, started, token, installation, heartbeat)
          SELECT 1, pid, backend_start, @token, @installation, clock_timestamp() FROM lock, pg_stat_activity
          WHERE taken AND pid = pg_backend_pid()
          ON CONFLICT (id) DO UPDATE SET
            pid = excluded.pid, started = excluded.started, token = excluded.token, installation = excluded.installation,
            heartbeat = excluded.heartbeat)
        INSERT INTO {DatabaseFence.Table} AS last (id, epoch) SELECT 1, 1 FROM lock WHERE taken
        ON CONFLICT (id) DO UPDATE SET epoch = last.epoch + @begun RETURNING epoch
        """;

    // The row may belong to a session that is gone, and pids are used again. It is the holder's only if the start is the same.
    private static readonly string Holder = $"""
        SELECT held.pid, COALESCE(told.token = @token, FALSE), COALESCE(told.installation = @installation, FALSE),
          COALESCE(clock_timestamp() - told.heartbeat, interval '0')
        FROM pg_locks AS held JOIN pg_stat_activity AS session ON session.pid = held.pid
          LEFT JOIN {Table} AS told ON told.pid = held.pid AND told.started = session.backend_start
        WHERE held.locktype = 'advisory' AND held.granted AND held.classid = 0
          AND held.objid = {BoardFile.ApplicationId} AND held.objsubid = 1
          AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    /// <summary>Held while tables, functions or triggers are made: of two servers that make the same at once, one would fail.</summary>
    public const long SetUpLock = BoardFile.ApplicationId + 1;

    // Nothing else here takes long, and a connection that no longer answers must be noticed.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly NpgsqlConnection _connection;
    private readonly Guid _token = Guid.NewGuid();
    private readonly Guid? _installation;

    /// <summary>A session that is not open yet.</summary>
    /// <param name="setting">The connection string.</param>
    /// <param name="installation">Names this installation; null when nothing may be kept on disk.</param>
    /// <exception cref="ArgumentException">The connection string is not one.</exception>
    public DatabaseSession(string setting, Guid? installation)
    {
        var connection = DatabaseConnection.Of(setting);
        (connection.Pooling, connection.CommandTimeout) = (false, Math.Clamp(connection.CommandTimeout, 1, (int)Patience.TotalSeconds));
        (_connection, _installation) = (new NpgsqlConnection(connection.ToString()), installation);
    }

    /// <summary>False when it never was opened, or is broken.</summary>
    public bool IsOpen => _connection.State == ConnectionState.Open;

    /// <summary>The epoch that began when this server first took the lock; null before.</summary>
    public long? Epoch { get; private set; }

    /// <summary>True when another server has had the lock since.</summary>
    public bool IsDeposed { get; private set; }

    /// <summary>Opens it, or another one in its place.</summary>
    public void Open()
    {
        _connection.Close();
        _connection.Open();
        using var make = Command($"""
            SELECT pg_advisory_xact_lock({SetUpLock});
            CREATE TABLE IF NOT EXISTS {Table}
              (id integer PRIMARY KEY, pid integer NOT NULL, started timestamptz NOT NULL, token uuid NOT NULL, installation uuid,
              heartbeat timestamptz NOT NULL);
            {DatabaseFence.Preparation}
            """);
        make.ExecuteNonQuery();
    }

    /// <summary>Takes the lock, and when that is for the first time, begins an epoch.</summary>
    /// <returns>False when another session has it.</returns>
    public bool TryLock()
    {
        using var take = Command(Lock);
        take.Parameters.AddWithValue("begun", Epoch is null ? 1L : 0L);

        // A transaction that the owner before left open is waited for; the database ends it after that time.
        take.CommandTimeout = (int)(DatabaseConnection.Dead + Patience).TotalSeconds;
        if (take.ExecuteScalar() is not long epoch)
        {
            return false;
        }

        Epoch ??= epoch;
        IsDeposed = epoch != Epoch;
        return true;
    }

    /// <summary>Waits until the lock is free, and does not take it.</summary>
    /// <param name="longest">The longest wait.</param>
    public void WaitForLock(TimeSpan longest)
    {
        using var wait = Command($"""
            SET lock_timeout = {longest.TotalMilliseconds:0};
            SELECT pg_advisory_lock({BoardFile.ApplicationId});
            SELECT pg_advisory_unlock({BoardFile.ApplicationId})
            """);
        wait.CommandTimeout = (int)(longest + Patience).TotalSeconds;
        try
        {
            wait.ExecuteNonQuery();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Whoever waited asks again for the current state.
        }
    }

    /// <summary>Says who has the lock; null when nobody has.</summary>
    public LockHolder? FindHolder()
    {
        using var find = Command(Holder);
        using var row = find.ExecuteReader();
        return row.Read() ? new LockHolder(row.GetInt32(0), row.GetBoolean(1), row.GetBoolean(2), row.GetTimeSpan(3)) : null;
    }

    /// <summary>Ends another session. The database lets every role end its own sessions.</summary>
    public void End(LockHolder holder)
    {
        using var end = Command($"SELECT pg_terminate_backend({holder.Pid})");
        end.ExecuteNonQuery();
    }

    /// <summary>Says that this session is alive.</summary>
    public void Beat()
    {
        using var beat = Command($"UPDATE {Table} SET heartbeat = clock_timestamp() WHERE token = @token");
        IsDeposed = beat.ExecuteNonQuery() == 0;
    }

    public void Dispose() => _connection.Dispose();

    // A statement that does not name the parameters is sent without them.
    private NpgsqlCommand Command(string sql) => new(sql, _connection)
    {
        Parameters =
        {
            new NpgsqlParameter("token", _token),
            new NpgsqlParameter("installation", NpgsqlDbType.Uuid) { Value = (object?)_installation ?? DBNull.Value },
        },
    };
}
