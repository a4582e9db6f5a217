using System.Globalization;
using Microsoft.Data.Sqlite;
using PushNet.Actors.Journal;
using PushNet.Web.Settings;

namespace PushNet.Web.Data;

/// <summary>Moves a damaged file out of the way and takes over what can still be read of it.</summary>
/// <param name="data">Where.</param>
/// <param name="now">Names the directory the damaged files go to.</param>
internal sealed class BoardSalvage(DataDirectory data, DateTimeOffset now)
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    private readonly string _corrupt = Path.Combine(
        data.FullPath, $"corrupt-{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");

    /// <summary>Takes over snapshots: each stands for itself.</summary>
    /// <returns>What was taken, as a sentence for people.</returns>
    public string Snapshots(BoardFile file, string fault) => Replace(file, fault, (from, to) => Take(file.Table, from, to, NumbersIn(from, file.Table)));

    /// <summary>Takes over entries: those that follow the newest snapshot without a gap, or, without one, the oldest there is.</summary>
    /// <returns>What was taken, as a sentence for people.</returns>
    public string Entries(BoardFile file, string fault, long newestSnapshot) => Replace(file, fault, (from, to) =>
    {
        var first = newestSnapshot > 0 ? newestSnapshot + 1 : NumbersIn(from, file.Table).Append(long.MaxValue).Min();
        return Take(file.Table, from, to, Unbroken(first), stopAtGap: true);
    });

    private static IEnumerable<long> Unbroken(long first)
    {
        for (var number = first; number < long.MaxValue; number++)
        {
            yield return number;
        }
    }

    private string Replace(BoardFile file, string fault, Func<SqliteConnection, SqliteConnection, int> take)
    {
        Directory.CreateDirectory(_corrupt);
        foreach (var suffix in Suffixes.Where(suffix => File.Exists(file.FullPath + suffix)))
        {
            File.Move(file.FullPath + suffix, Path.Combine(_corrupt, file.Table.File + suffix));
        }

        file.Check();
        var taken = 0;
        try
        {
            using var from = BoardFile.Open(Path.Combine(_corrupt, file.Table.File), SqliteOpenMode.ReadOnly);
            using var to = file.Open(SqliteOpenMode.ReadWrite);
            using var transaction = to.BeginTransaction();
            CopySchema(file.Table, from, to);
            taken = take(from, to);
            transaction.Commit();
        }
        catch (SqliteException)
        {
            // Not even its schema can be read. Akka.Persistence makes the tables again.
        }

        // Without the directory: everybody may read it in /health.
        return $"{file.Table.File} was damaged ({fault}). {taken} of its {file.Table.Rows} were taken over; games and prices that only the others hold "
            + $"are missing or old until their sources send them again. The damaged file is in {Path.GetFileName(_corrupt)}.";
    }

    private static void CopySchema(BoardTable table, SqliteConnection from, SqliteConnection to)
    {
        using var command = SqliteCommands.Create(from, "SELECT sql FROM sqlite_master WHERE tbl_name = $table AND sql IS NOT NULL ORDER BY type DESC", ("$table", table.Table));
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            SqliteCommands.Execute(to, row.GetString(0));
        }
    }

    private static List<long> NumbersIn(SqliteConnection from, BoardTable table)
    {
        var numbers = new List<long>();
        try
        {
            using var command = SqliteCommands.Create(from, $"SELECT sequence_number FROM {table.Table}");
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                numbers.Add(row.GetInt64(0));
            }
        }
        catch (SqliteException)
        {
            // Those that were listed so far can be tried.
        }

        return numbers;
    }

    private static int Take(BoardTable table, SqliteConnection from, SqliteConnection to, IEnumerable<long> numbers, bool stopAtGap = false)
    {
        var taken = 0;
        foreach (var number in numbers)
        {
            if (TryTake(table, from, to, number))
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

    private static bool TryTake(BoardTable table, SqliteConnection from, SqliteConnection to, long number)
    {
        try
        {
            using var command = SqliteCommands.Create(from, $"SELECT * FROM {table.Table} WHERE sequence_number = $number", ("$number", number));
            using var row = command.ExecuteReader();
            if (!row.Read() || !BoardPayload.IsIntact(row.GetFieldValue<byte[]>(row.GetOrdinal(table.Payload))))
            {
                return false;
            }

            using var insert = to.CreateCommand();
            insert.CommandText = $"INSERT INTO {table.Table} VALUES ({string.Join(',', Enumerable.Range(0, row.FieldCount).Select(i => $"${i}"))})";
            for (var i = 0; i < row.FieldCount; i++)
            {
                insert.Parameters.AddWithValue($"${i}", row.GetValue(i));
            }

            insert.ExecuteNonQuery();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
