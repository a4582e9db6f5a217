using Microsoft.Data.Sqlite;

namespace PushNet.Web.Data;

/// <summary>Runs statements in one line of code.</summary>
internal static class SqliteCommands
{
    /// <summary>Runs a statement.</summary>
    public static void Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Create(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a query for one value; null when there is no row.</summary>
    public static object? Scalar(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Create(connection, sql, parameters);
        return command.ExecuteScalar();
    }

    /// <summary>A command in the transaction that its connection is in.</summary>
    public static SqliteCommand Create(
        SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        // CreateCommand and not new: a command must know the transaction that its connection is in.
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
