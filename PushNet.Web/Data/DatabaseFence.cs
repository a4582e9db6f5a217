using System.Data.Common;
using Npgsql;
using PushNet.Actors.Journal;

namespace PushNet.Web.Data;

/// <summary>
/// Lets none but the owner of a PostgreSQL database write the board in it. Whoever takes the database begins an epoch, and each
/// connection that writes carries the epoch of its server. Triggers on the tables compare the two, in the transaction that writes:
/// a server that was held up between a check and its write would write all the same. See docs/decisions/the-fence.md.
/// </summary>
/// <param name="connectionString">How to connect.</param>
/// <param name="held">The lock of the database.</param>
internal sealed class DatabaseFence(string connectionString, DatabaseLock held)
{
    /// <summary>Its one row holds the epoch of the owner. Apart from the heartbeat, which would wait for each commit.</summary>
    public const string Table = "pushnet_epoch";

    /// <summary>Makes what the triggers need. Only for one session at a time.</summary>
    public const string Preparation = $"""
        CREATE TABLE IF NOT EXISTS {Table} (id integer PRIMARY KEY, epoch bigint NOT NULL);
        CREATE OR REPLACE FUNCTION {Name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          -- Locked until the transaction ends: nobody takes the database between this and the commit.
          PERFORM FROM {Table} WHERE id = 1 AND epoch::text = current_setting('{Setting}', true) FOR SHARE;
          IF NOT FOUND THEN
            RAISE EXCEPTION 'another server has taken the database' USING ERRCODE = '{BoardOwnership.Refusal}',
              HINT = 'Only the PushNet server that took the database last may write this table.';
          END IF;
          RETURN NULL;
        END $$
        """;

    private const string Name = "pushnet_fence";
    private const string Setting = "pushnet.epoch";

    private volatile string? _carrying;
    private volatile bool _isWhole;

    /// <summary>Has a connection carry the epoch of this server, which a standby gets only after its connections are set up.</summary>
    /// <exception cref="InvalidOperationException">This server does not own the database.</exception>
    public void Carry(DbConnection opening)
    {
        if (held.Epoch is not { } epoch || held.Ownership.IsLost)
        {
            throw new InvalidOperationException("another server has the database");
        }

        // An opened connection does not tell its password any more, so it is not asked for its string.
        _carrying ??= With(epoch);
        opening.ConnectionString = _carrying;
    }

    /// <summary>
    /// Puts the triggers on the tables that there are. For every connection before its first statement: Akka.Persistence makes the
    /// tables when it first needs them, and nothing may be written in between.
    /// </summary>
    /// <exception cref="NpgsqlException">The database can't be asked, or does not let this role do it.</exception>
    public void Attach(DbConnection connection)
    {
        if (!_isWhole)
        {
            using var attach = new NpgsqlCommand(Triggers, (NpgsqlConnection)connection);
            _isWhole = attach.ExecuteScalar() is true;
        }
    }

    private string With(long epoch)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        connection.Options = $"{connection.Options} -c {Setting}={epoch}";
        return connection.ToString();
    }

    private static string Triggers { get; } = $"""
        DO $$
        DECLARE fenced regclass;
        BEGIN
          PERFORM pg_advisory_xact_lock({DatabaseSession.SetUpLock});
          FOREACH fenced IN ARRAY ARRAY[{Fenced}] LOOP
            IF fenced IS NOT NULL AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = fenced AND tgname = '{Name}') THEN
              EXECUTE format('CREATE TRIGGER {Name} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s '
                'FOR EACH STATEMENT EXECUTE FUNCTION {Name}()', fenced);
            END IF;
          END LOOP;
        END $$;
        SELECT count(*) = 2 FROM pg_trigger WHERE tgname = '{Name}' AND tgrelid IN ({Fenced})
        """;

    private static string Fenced => $"to_regclass('{BoardTable.Journal.Table}'), to_regclass('{BoardTable.Snapshots.Table}')";
}
