namespace PushNet.Actors.Subscribers;

/// <summary>Begins rounds in which the batches that one thread writes to many sockets go to the kernel together.</summary>
public interface IWriteRounds
{
    /// <summary>Begins a round on this thread, which must then call <see cref="WriteRound.Send"/>.</summary>
    /// <returns>Null when there are no rounds: every write is then a call of its own.</returns>
    WriteRound? Begin();
}
