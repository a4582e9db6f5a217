namespace PushNet.Actors.Subscribers;

/// <summary>Lets the batches that one thread writes to many sockets go to the kernel together, by <see cref="ISubscriberSocket.TryPut"/>.</summary>
public interface IWriteRounds
{
    /// <summary>Begins a round of this thread.</summary>
    /// <returns>Ends it, on the same thread: every socket took what it could then. Null when there are no rounds.</returns>
    IDisposable? Begin();
}
