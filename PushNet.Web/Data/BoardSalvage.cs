using System.Globalization;
using Microsoft.Data.Sqlite;
using PushNet.Actors.Journal;

namespace PushNet.Web.Data;

/// <summary>Moves a damaged file out of the way and takes over what can still be read of it.</summary>
/// <param name="data">The directory of the files.</param>
/// <param name="now">Names the directory the damaged files go to.</param>
internal sealed class BoardSalvage(DataDirectory data, DateTimeOffset now)
{
    // SQLITE_ERROR: the list of tables is damaged, so the table is not found.
    private const int SqliteNoSuchTable = 1;
    private const int SqliteConstraint = 19;

    private readonly string _corrupt = Path.Combine(
        data.FullPath, $"corrupt-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");

    /// <summary>Moves away what lies beside a file that is gone or empty: SQLite would delete it, and it may be all that is left.</summary>
    public void SetAsideWhatIsLeftOf(BoardFile file)
    {
        if (file.Found is not FoundFile.Whole)
        {
            MoveThoseBeside(file);
        }
    }

    /// <summary>Takes over snapshots. Each is complete by itself.</summary>
    /// <returns>What was taken, as a sentence for people.</returns>
    public string Snapshots(BoardFile file, string fault) =>
        Replace(file, fault, (from, to) => Copy(file.Table, from, to, NumbersIn(from, file.Table)));

    /// <summary>Takes over entries: those that follow the newest snapshot without a gap, or, without one, the oldest there is.</summary>
    /// <returns>What was taken, as a sentence for people.</returns>
    public string Entries(BoardFile file, string fault, long newestSnapshot) => Replace(file, fault, (from, to) =>
    {
        var first = newestSnapshot > 0 ? newestSnapshot + 1 : NumbersIn(from, file.Table).Append(long.MaxValue).Min();
        return Copy(file.Table, from, to, Unbroken(first), stopAtGap: true);
    });

    private static IEnumerable<long> Unbroken(long first)
    {
        for (var number = first; number < long.MaxValue; number++)
        {
            yield return number;
        }
    }

    // The damaged file stays where it is until all that can be read of it is written. Whatever fails before that, or kills the server,
    // leaves the file for the next start to find.
    private string Replace(BoardFile file, string fault, Func<SqliteConnection, SqliteConnection, int> take)
    {
        var filled = new BoardFile(data, file.Table with { File = $"{file.Table.File}.new" });
        int taken;
        try
        {
            Delete(filled);
            taken = Fill(filled, file, take);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            Delete(filled);
            throw new IOException($"{file.FullPath} is damaged ({fault}), and what can be read of it can't be written to a new file: "
                + $"{e.Message}. Nothing was moved. Make room on the disk, and start again.", e);
        }

        // The files beside it go first, because they would be taken for the new file's.
        Directory.CreateDirectory(_corrupt);
        MoveThoseBeside(file);

        // There is a file at every moment: a missing one would be taken for a board that was never kept.
        File.Replace(filled.FullPath, file.FullPath, Path.Combine(_corrupt, file.Table.File));
        file.Check();

        // This leaves the directory out, because everybody may read it in /health.
        return $"{file.Table.File} was damaged ({fault}). {taken} of its {file.Table.Rows} were taken over; games and prices that only "
            + $"the others hold "
            + $"are missing or old until their sources send them again. The damaged file is in {Path.GetFileName(_corrupt)}.";
    }

    private void MoveThoseBeside(BoardFile file)
    {
        foreach (var suffix in BoardFile.Suffixes.Where(suffix => suffix.Length > 0 && File.Exists(file.FullPath + suffix)))
        {
            Directory.CreateDirectory(_corrupt);
            File.Move(file.FullPath + suffix, Path.Combine(_corrupt, file.Table.File + suffix));
        }
    }

    private static int Fill(BoardFile filled, BoardFile damaged, Func<SqliteConnection, SqliteConnection, int> take)
    {
        filled.Check();
        using var from = damaged.Open(SqliteOpenMode.ReadOnly);
        using var to = filled.Open(SqliteOpenMode.ReadWrite);

        // Everything must be in the one file that is put in place.
        SqliteCommands.Execute(to, "PRAGMA journal_mode = DELETE");
        using var transaction = to.BeginTransaction();
        foreach (var sql in SchemaOf(from, filled.Table))
        {
            SqliteCommands.Execute(to, sql);
        }

        var taken = take(from, to);
        transaction.Commit();
        return taken;
    }

    private static void Delete(BoardFile file)
    {
        foreach (var suffix in BoardFile.Suffixes)
        {
            File.Delete(file.FullPath + suffix);
        }
    }

    private static List<string> SchemaOf(SqliteConnection from, BoardTable table) => Readable(
        from, "SELECT sql FROM sqlite_master WHERE tbl_name = $table AND sql IS NOT NULL ORDER BY type = 'table' DESC", row =>
            row.GetString(0), ("$table", table.Table));

    private static List<long> NumbersIn(SqliteConnection from, BoardTable table) =>
        Readable(from, $"SELECT sequence_number FROM {table.Table}", row => row.GetInt64(0));

    private static int Copy(BoardTable table, SqliteConnection from, SqliteConnection to, IEnumerable<long> numbers, bool stopAtGap = false)
    {
        var taken = 0;
        foreach (var number in numbers)
        {
            if (TryCopy(table, from, to, number))
            {
                taken++;
            }
            else if (stopAtGap)
            {
                break;
            }
        }

        return taken;
    }

    private static bool TryCopy(BoardTable table, SqliteConnection from, SqliteConnection to, long number)
    {
        if (Read(table, from, number) is not { } values)
        {
            return false;
        }

        using var insert = to.CreateCommand();
        insert.CommandText =
            $"INSERT INTO {table.Table} VALUES ({string.Join(',', Enumerable.Range(0, values.Length).Select(i => $"${i}"))})";
        for (var i = 0; i < values.Length; i++)
        {
            insert.Parameters.AddWithValue($"${i}", values[i]);
        }

        try
        {
            insert.ExecuteNonQuery();
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteConstraint)
        {
            // The row breaks a rule of its table, which no row did when it was written.
            return false;
        }
    }

    private static object[]? Read(BoardTable table, SqliteConnection from, long number) => Readable(
        from,
        $"SELECT * FROM {table.Table} WHERE sequence_number = $number",
        row =>
        {
            var values = new object[row.FieldCount];
            row.GetValues(values);
            return BoardPayload.IsIntact(row.GetFieldValue<byte[]>(row.GetOrdinal(table.Payload))) ? values : null;
        },
        ("$number", number)).FirstOrDefault();

    // Reads up to where the file is damaged. Other errors, for instance of a full disk, say nothing about what is in it.
    private static List<T> Readable<T>(
        SqliteConnection from, string sql, Func<SqliteDataReader, T> value, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var values = new List<T>();
        try
        {
            using var command = SqliteCommands.Create(from, sql, parameters);
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                values.Add(value(row));
            }
        }
        catch (SqliteException e) when (SqliteIdentity.IsDamage(e) || e.SqliteErrorCode == SqliteNoSuchTable)
        {
            // Perhaps not even the schema can be read. Akka.Persistence makes the tables again.
        }

        return values;
    }
}
