using PushNet.Actors.Journal;
using static PushNet.Actors.State.Durability.JournalState;
using static PushNet.Actors.State.Durability.Meaning;

namespace PushNet.Actors.State;

/// <summary>
/// Whether the board can be kept on disk just now, and what each message means then. A stop may begin in any state of the journal, so
/// the stop has a state of its own. Pure; not thread-safe.
/// </summary>
/// <param name="settings">Who owns the board, and whom reasons are told.</param>
internal sealed class Durability(JournalSettings settings)
{
    private JournalState _journal;
    private StopState _stop;
    private bool _isSaving;

    /// <summary>The state of the journal.</summary>
    internal enum JournalState
    {
        /// <summary>The board is being read back for the first time.</summary>
        Recovering,

        /// <summary>It could not be read back: there is no board.</summary>
        Unreadable,

        /// <summary>The board is there, but can't be written.</summary>
        Unwritable,

        /// <summary>The board is there, and what comes is written.</summary>
        Ready,
    }

    /// <summary>What is done with a message.</summary>
    internal enum Meaning
    {
        /// <summary>It is taken as if there were no journal.</summary>
        Take,

        /// <summary>It waits until the state changes.</summary>
        Hold,

        /// <summary>Its sender is told <see cref="WhyNot"/>.</summary>
        Refuse,
    }

    /// <summary>What a stop has to wait for.</summary>
    internal enum StopStep
    {
        /// <summary>Nobody wants to stop, or a write is on its way.</summary>
        Wait,

        /// <summary>The last snapshot is to be written.</summary>
        SaveFinal,

        /// <summary>Everything that can be kept is kept.</summary>
        Done,
    }

    private enum StopState
    {
        /// <summary>The server runs.</summary>
        Running,

        /// <summary>Nobody may wait for the journal any more.</summary>
        RefusesToWait,

        /// <summary>Nothing is taken any more.</summary>
        Stopping,

        /// <summary>The last snapshot is being written, or has been.</summary>
        Final,
    }

    /// <summary>True when there is a board, whether current or from before a failure.</summary>
    public bool HasBoard => _journal is Unwritable or Ready;

    /// <summary>True when the journal takes commits and snapshots.</summary>
    public bool CanWrite => _journal is Ready && !IsLost;

    /// <summary>Why the board can't be kept, as a sentence; null when it can, or when it is not known yet.</summary>
    public string? Fault { get; private set; }

    /// <summary>Why a message was refused, as a sentence for its sender.</summary>
    public string WhyNot => _stop is not StopState.Running
        ? "the server is stopping; send again later"
        : IsLost ? BoardOwnership.WhyNot
        : Fault ?? "the board is being read back; try again soon";

    private bool IsLost => settings.Ownership.IsLost;

    private bool MayWait => _stop is StopState.Running;

    private bool IsStopping => _stop >= StopState.Stopping;

    /// <summary>What a message means now.</summary>
    public Meaning Of(object message) => (message, _journal) switch
    {
        // Who lost the board shows clients nothing more that the new owner does not know.
        (ObserveLines or RemoveGame, _) when IsLost => Refuse,

        (ObserveLines, Ready) when !IsStopping => Take,
        (ObserveLines { IsDemo: true }, Ready or Unwritable) => Take,

        // Before the board is read back nobody can be told why not, so all wait; they are few.
        (ObserveLines, Recovering) when MayWait => Hold,
        (ObserveLines { CanWait: true }, Unreadable or Unwritable) when MayWait => Hold,
        (ObserveLines, _) => Refuse,

        (GetSnapshot, Recovering or Unreadable) => Hold,
        (GetBoardStatus, Recovering) => Hold,

        (RemoveGame, Ready) when !IsStopping => Take,
        (RemoveGame, _) => Refuse,

        _ => Take,
    };

    /// <summary>The board was read back, and can be written.</summary>
    public void Recovered() => (_journal, Fault) = (Ready, null);

    /// <summary>The journal can't be opened, or a write failed.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="isRead">True when the board could be read back.</param>
    public void Failed(Exception cause, bool isRead)
    {
        (_journal, _isSaving) = (HasBoard || isRead ? Unwritable : Unreadable, false);
        Fault = IsLost ? BoardOwnership.WhyNot
            : HasBoard
            ? $"observations can't be written: {(settings.TellsReasons ? Reason(cause) : "the database can't be used; the log says why")}"

            // At the start only the operator is there to read it.
            : $"the board can't be read back: {Reason(cause)}";
    }

    /// <summary>A snapshot is wanted.</summary>
    /// <returns>True when it is to be written now; false when that is impossible or one is on its way already.</returns>
    public bool TrySave()
    {
        if (!CanWrite || _isSaving)
        {
            return false;
        }

        _isSaving = true;
        return true;
    }

    /// <summary>The snapshot is written, or could not be.</summary>
    public void Saved() => _isSaving = false;

    /// <summary>From now on nobody may wait for the journal.</summary>
    public void StopWaiting() => _stop = Later(StopState.RefusesToWait);

    /// <summary>From now on nothing is taken.</summary>
    public void Stop() => _stop = Later(StopState.Stopping);

    /// <summary>What a stop has to do next. After <see cref="StopStep.SaveFinal"/> the snapshot counts as on its way.</summary>
    /// <param name="isWritten">True when there is nothing to commit, and no commit on its way.</param>
    public StopStep NextOfStop(bool isWritten)
    {
        if (!IsStopping || (CanWrite && (_isSaving || !isWritten)))
        {
            return StopStep.Wait;
        }

        if (!CanWrite || _stop is StopState.Final)
        {
            return StopStep.Done;
        }

        (_stop, _isSaving) = (StopState.Final, true);
        return StopStep.SaveFinal;
    }

    private static string Reason(Exception cause) => cause.GetBaseException().Message;

    private StopState Later(StopState state) => state > _stop ? state : _stop;
}
