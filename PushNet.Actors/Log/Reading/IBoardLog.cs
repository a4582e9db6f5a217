using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Actors.Log.Reading;

/// <summary>A log that several servers share, and the images of its board. Any call may fail while the log can't be reached.</summary>
internal interface IBoardLog : IAsyncDisposable
{
    /// <summary>Why the log can't be read or written, as a sentence for operators; null when it knows of nothing.</summary>
    string? Fault { get; }

    /// <summary>How often the way to the log was opened. What was sent before may never arrive.</summary>
    int Openings { get; }

    /// <summary>What the log says of itself; null when it is gone.</summary>
    Task<LogExtent?> ExtentAsync(CancellationToken cancellation);

    /// <summary>
    /// Sends an entry without waiting for what becomes of it: whoever sent it finds it in the log, or sends it again.
    /// </summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellation);

    /// <summary>Reads the log without a hole and without a repeat, until it is canceled.</summary>
    /// <param name="log">Tells it from others, see <see cref="LogExtent"/>.</param>
    /// <param name="last">The last message that was read before; 0 for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="LogBrokenException">The log is not what it was.</exception>
    IAsyncEnumerable<LogMessage> ReadAsync(string log, long last, TimeProvider time, CancellationToken cancellation);

    /// <summary>Keeps an image, and then deletes those that are not needed any more.</summary>
    /// <param name="sequence">The last message that it holds.</param>
    /// <param name="image">The bytes of a <see cref="LogImage"/>.</param>
    /// <param name="cancellation">Gives up.</param>
    Task PutImageAsync(long sequence, byte[] image, CancellationToken cancellation);

    /// <summary>Makes the log again when it is gone. It begins with nothing.</summary>
    Task MakeAgainAsync(CancellationToken cancellation);

    /// <summary>Deletes the images of messages behind one.</summary>
    /// <param name="sequence">The message.</param>
    /// <param name="cancellation">Gives up.</param>
    Task DropImagesBehindAsync(long sequence, CancellationToken cancellation);

    /// <summary>Appends an entry if it is the next one behind a message.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="last">The message.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when another message stands there.</returns>
    Task<bool> TryAppendAsync(ReadOnlyMemory<byte> entry, long last, CancellationToken cancellation);

    /// <summary>The newest image that is whole and is of a log; null when there is none.</summary>
    /// <param name="log">Tells the log from others; null for any.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="LogFormatException">A later version wrote it.</exception>
    Task<LogImage?> NewestImageAsync(string? log, CancellationToken cancellation);
}
