using Microsoft.Data.Sqlite;

namespace PushNet.Web.Data;

/// <summary>What a SQLite file says it is.</summary>
/// <param name="ApplicationId">Tells the files of one kind from any other.</param>
/// <param name="Format">The version of its format.</param>
/// <param name="IsBlank">True when nothing was ever written to it, as in a file of no bytes.</param>
internal readonly record struct SqliteIdentity(long ApplicationId, long Format, bool IsBlank)
{
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    /// <summary>Asks a file.</summary>
    public static SqliteIdentity Of(SqliteConnection connection)
    {
        var (id, format) = (Pragma(connection, "application_id"), Pragma(connection, "user_version"));
        return new SqliteIdentity(id, format, id == 0 && format == 0 && Pragma(connection, "schema_version") == 0);
    }

    /// <summary>The statements that write an identity into a file.</summary>
    public static string Statements(long applicationId, long format) => $"PRAGMA application_id = {applicationId}; PRAGMA user_version = {format};";

    /// <summary>True when SQLite says that the file is not as it was written.</summary>
    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase;

    private static long Pragma(SqliteConnection connection, string name) => (long)SqliteCommands.Scalar(connection, $"PRAGMA {name}")!;
}
