using Npgsql;
using PushNet.Web.Settings;

namespace PushNet.Web.Data;

/// <summary>
/// Keeps a second server off a PostgreSQL database, by an advisory lock that the database drops with the connection, and
/// that must be taken again then.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly NpgsqlConnection _connection;

    private DatabaseLock(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Connects, and takes the lock.</summary>
    /// <param name="connectionString">The setting.</param>
    /// <exception cref="IOException">The database can't be reached, or another server has it.</exception>
    public static DatabaseLock Take(string connectionString)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 30 }.ToString());
            connection.Open();
            if (IsFree(connection))
            {
                return new DatabaseLock(connection);
            }
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException)
        {
            connection?.Dispose();
            throw new IOException($"{SettingsRules.Name("Data:Postgres")}: the database can't be used: {e.Message}", e);
        }

        connection.Dispose();
        throw new IOException($"another server uses this database. Stop it, or give this one a database of its own: {SettingsRules.Name("Data:Postgres")}.");
    }

    /// <summary>Takes the lock again if it went with its connection.</summary>
    /// <returns>False when another server has it now; true also while the database is away, for all servers.</returns>
    public bool Renew()
    {
        try
        {
            using var command = new NpgsqlCommand("SELECT 1", _connection);
            command.ExecuteScalar();
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            return Reconnect();
        }
    }

    public void Dispose() => _connection.Dispose();

    private static bool IsFree(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({BoardFile.ApplicationId})", connection);
        return command.ExecuteScalar() is true;
    }

    private bool Reconnect()
    {
        try
        {
            _connection.Close();
            _connection.Open();
            return IsFree(_connection);
        }
        catch (NpgsqlException)
        {
            return true;
        }
    }
}
