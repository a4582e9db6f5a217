using System.Data.Common;

namespace PushNet.Actors.Journal;

/// <summary>
/// Whether this server may still write the board, or another one has taken it since. Whoever finds that out says so here, and
/// everybody else reads it here. Lost is lost: only a new start can take the board again. Thread-safe.
/// </summary>
public sealed class BoardOwnership
{
    /// <summary>The SQLSTATE with which a database refuses a write of a server that owns the board no more.</summary>
    public const string Refusal = "PN001";

    /// <summary>What everybody is told who sends something to a server that lost the board.</summary>
    internal const string WhyNot = "another server has taken the database; this one stops";

    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True when another server owns the board.</summary>
    public bool IsLost => _lost.Task.IsCompleted;

    /// <summary>Ends when the board is lost.</summary>
    public Task Lost => _lost.Task;

    /// <summary>Another server owns the board from now on.</summary>
    public void Lose() => _lost.TrySetResult();

    /// <summary>Loses the board when the database refused a write for that reason.</summary>
    /// <param name="failure">Why a write failed.</param>
    public void LoseIfRefused(Exception failure)
    {
        if (failure.GetBaseException() is DbException { SqlState: Refusal })
        {
            Lose();
        }
    }
}
