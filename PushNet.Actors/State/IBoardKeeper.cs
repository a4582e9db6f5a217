using Akka.Actor;

namespace PushNet.Actors.State;

/// <summary>
/// Stands between a <see cref="GameStateActor"/> and what keeps its board, on the actor's thread.
/// </summary>
internal interface IBoardKeeper
{
    /// <summary>Why the board can't be kept just now, as a sentence; null when it can, or when it is not known yet.</summary>
    string? Fault { get; }

    /// <summary>True when there is a board, whether current or from before a failure.</summary>
    bool HasBoard { get; }

    /// <summary>How far it has read the log; null when the board is not kept in a log.</summary>
    LogStatus? Log => null;

    /// <summary>Sees each message before the actor does.</summary>
    /// <returns>True when the actor has nothing left to do with it.</returns>
    bool Handle(object message, IActorRef sender);
}
