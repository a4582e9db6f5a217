using Akka.Actor;
using PushNet.Actors.Log.Entries;

namespace PushNet.Actors.Log.Reading;

/// <summary>Reads the log and tells an actor each message, never more than the actor can take soon.</summary>
internal sealed class LogReading
{
    // The log may bring more in a second than the board takes.
    private const int MaxAhead = 1024;

    private readonly SemaphoreSlim _room = new(MaxAhead);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Begins to read.</summary>
    /// <param name="log">The log.</param>
    /// <param name="id">Tells it from others.</param>
    /// <param name="last">The last message that was read before.</param>
    /// <param name="to">Told <see cref="Brought"/>, and <see cref="Failed"/> at the end.</param>
    /// <param name="time">The clock.</param>
    /// <param name="end">Ends it.</param>
    public LogReading(IBoardLog log, string id, long last, IActorRef to, TimeProvider time, CancellationToken end) =>
        _ = Task.Run(
            async () =>
            {
                // It stays registered with what ends it from outside until it is disposed of, and there are many readings.
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(end, _stop.Token);
                await RunAsync(log.ReadAsync(id, last, time, linked.Token), to, linked.Token).ConfigureAwait(false);
            },
            CancellationToken.None);

    /// <summary>A message was taken.</summary>
    public void Taken() => _room.Release();

    /// <summary>Ends it.</summary>
    public void Stop() => _ = _stop.CancelAsync();

    private async Task RunAsync(IAsyncEnumerable<LogMessage> messages, IActorRef to, CancellationToken end)
    {
        try
        {
            await foreach (var message in messages.WithCancellation(end).ConfigureAwait(false))
            {
                await _room.WaitAsync(end).ConfigureAwait(false);
                to.Tell(new Brought(this, message), ActorRefs.NoSender);
            }
        }
        catch (Exception e) when (!end.IsCancellationRequested)
        {
            to.Tell(new Failed(this, e), ActorRefs.NoSender);
        }
        catch (OperationCanceledException)
        {
            // It was ended.
        }
    }

    /// <summary>The next message.</summary>
    /// <param name="From">Which reading brought it.</param>
    /// <param name="Message">The message.</param>
    public sealed record Brought(LogReading From, LogMessage Message);

    /// <summary>Nothing comes any more.</summary>
    /// <param name="From">Which reading has ended.</param>
    /// <param name="Cause">Why.</param>
    public sealed record Failed(LogReading From, Exception Cause);
}
