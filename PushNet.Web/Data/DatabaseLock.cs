using Npgsql;
using PushNet.Actors.Journal;
using PushNet.Web.Settings;

namespace PushNet.Web.Data;

/// <summary>
/// Keeps a second server off a PostgreSQL database, with an advisory lock that the database drops with the session. A session may
/// outlive its connection, for hours where the network says nothing. One that was this server's own is ended; any other is left alone.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    // PostgreSQL ends a session at once, unless the process that serves it is stopped.
    private static readonly TimeSpan EndOfSession = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly DatabaseSession _session;
    private bool _isHeld;

    private DatabaseLock(DatabaseSession session) => _session = session;

    /// <summary>Lost when another server has the database: this one must not write to it any more.</summary>
    public BoardOwnership Ownership { get; } = new();

    /// <summary>What connections that write must carry: see <see cref="DatabaseFence"/>. Null until the lock was taken.</summary>
    public long? Epoch => _session.Epoch;

    /// <summary>
    /// Connects, and takes the lock; a standby takes it only if that is free. A session that the last server of this installation
    /// left behind is waited for until it is known to be dead.
    /// </summary>
    /// <param name="connectionString">The setting.</param>
    /// <param name="installation">Names this installation; null when nothing may be kept on disk.</param>
    /// <param name="standby">Whether it may stay without the lock, until <see cref="TryTake"/> takes it.</param>
    /// <exception cref="IOException">The database can't be reached, or another server has it and this one is no standby.</exception>
    public static DatabaseLock Acquire(string connectionString, Guid? installation, bool standby = false)
    {
        DatabaseSession? session = null;
        try
        {
            session = new DatabaseSession(connectionString, installation);
            session.Open();
            var taken = new DatabaseLock(session);
            if (taken.TryAcquire(mayWait: !standby) is not { } holder || standby)
            {
                return taken;
            }

            session.Dispose();
            throw new IOException(holder.IsDead
                ? $"the last session of this server still has the database and can't be ended. End process {holder.Pid} on the machine "
                    + $"of PostgreSQL, and start again."
                : $"another server uses this database. Stop it, or give this one a database of its own: "
                    + $"{SettingsRules.Name("Data:Postgres")}.");
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException)
        {
            session?.Dispose();
            throw new IOException($"{SettingsRules.Name("Data:Postgres")}: the database can't be used: {e.Message}", e);
        }
    }

    /// <summary>Takes the lock if it is free now.</summary>
    /// <returns>False when another server has it, and while the database is away.</returns>
    public bool TryTake()
    {
        try
        {
            return TakeIfFree() is null;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Says that this server is alive, and takes the lock again if it was lost with its connection.</summary>
    /// <returns>False when another server has it now. True also while the database is away, because it is away for all servers.</returns>
    public bool Renew()
    {
        if (!Ownership.IsLost && ((!Beat() && !AcquireAgain()) || _session.IsDeposed))
        {
            Ownership.Lose();
        }

        if (Ownership.IsLost)
        {
            // It may have got the lock again, and would keep it from others for as long as it says goodbye to its clients.
            _session.Dispose();
        }

        return !Ownership.IsLost;
    }

    public void Dispose() => _session.Dispose();

    private bool Beat()
    {
        try
        {
            if (_isHeld)
            {
                _session.Beat();
            }
        }
        catch (NpgsqlException)
        {
            // When the database refuses a statement, for instance because its disk is full, the session stays, and the lock with it.
            _isHeld = _session.IsOpen;
        }

        return _isHeld;
    }

    private bool AcquireAgain()
    {
        try
        {
            // As long as a session of this server has it, nobody else can.
            return TakeIfFree()?.IsDead ?? true;
        }
        catch (NpgsqlException)
        {
            return true;
        }
    }

    private LockHolder? TakeIfFree()
    {
        if (!_session.IsOpen)
        {
            _session.Open();
        }

        return TryAcquire(mayWait: false);
    }

    /// <summary>Takes the lock, and ends the session that has it if that is this server's own.</summary>
    /// <param name="mayWait">Whether to wait until a session of this installation is dead, or says that it is alive.</param>
    /// <returns>Null when it was taken; otherwise the server that has it.</returns>
    private LockHolder? TryAcquire(bool mayWait)
    {
        var mayEnd = true;
        while (!_session.TryLock())
        {
            switch (_session.FindHolder())
            {
                case null:
                    // It has just been let go of.
                    break;
                case { IsDead: true } dead when mayEnd:
                    mayEnd = false;
                    _session.End(dead);
                    _session.WaitForLock(EndOfSession);
                    break;
                case { IsDead: false, IsOfThisInstallation: true } silent when mayWait:
                    mayWait = false;
                    _session.WaitForLock(silent.LeftToLive + Margin);
                    break;
                case var holder:
                    return holder;
            }
        }

        _isHeld = true;
        return null;
    }
}
