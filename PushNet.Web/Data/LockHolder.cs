namespace PushNet.Web.Data;

/// <summary>The session that has the lock of a board.</summary>
/// <param name="Pid">The process of PostgreSQL that serves it.</param>
/// <param name="IsOfThisProcess">True when this process opened it, on a connection that it no longer has.</param>
/// <param name="IsOfThisInstallation">True when a server with this one's data directory opened it.</param>
/// <param name="Silence">How long ago it said that it is alive, by PostgreSQL's clock.</param>
internal sealed record LockHolder(int Pid, bool IsOfThisProcess, bool IsOfThisInstallation, TimeSpan Silence)
{
    /// <summary>How much longer it may be silent before it counts as dead.</summary>
    public TimeSpan LeftToLive => DatabaseConnection.Dead - Silence;

    /// <summary>True when it was this server's, and nobody is behind it: it may be ended.</summary>
    public bool IsDead => IsOfThisProcess || (IsOfThisInstallation && LeftToLive <= TimeSpan.Zero);
}
