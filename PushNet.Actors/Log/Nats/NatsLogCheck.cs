using NATS.Client.Core;
using PushNet.Actors.Log.Reading;

namespace PushNet.Actors.Log.Nats;

/// <summary>Compares the log with what was read of it. Thread-safe.</summary>
/// <param name="log">The log.</param>
/// <param name="messages">Its messages.</param>
/// <param name="id">Tells the log from others.</param>
internal sealed class NatsLogCheck(NatsLog log, NatsDirectGet messages, string id)
{
    /// <summary>Compares once.</summary>
    /// <param name="last">The last message that was read.</param>
    /// <param name="mark">Its mark; null when it is not known.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The next message, if the log goes on behind it and does not have it; null also when NATS does not answer.</returns>
    /// <exception cref="LogBrokenException">The log is not what it was.</exception>
    public async Task<Missing?> RunAsync(long last, NatsLogMark? mark, CancellationToken cancellation)
    {
        try
        {
            var now = await log.ExtentAsync(cancellation).ConfigureAwait(false);
            var stands = mark is not null && now?.First <= last
                ? (await messages.GetAsync(last, cancellation).ConfigureAwait(false)).Message : null;
            return LogChecks.Of(id, last, now, stands is not { } one || NatsLogMark.Of(one) == mark) switch
            {
                LogChecks.Finding.Lost => throw new LogBrokenException(isLost: true, LogChecks.WhyLost(id, last, now)),
                LogChecks.Finding.Overtaken => throw new LogBrokenException(
                    isLost: false, $"the log begins at message {now!.Value.First} now, and this server has read message {last}"),
                _ when now!.Value.Last > last => await FindMissingAsync(last + 1, cancellation).ConfigureAwait(false),
                _ => null,
            };
        }
        catch (Exception e) when (e is NatsException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // No answer, or an election; nothing is known.
            return null;
        }
    }

    /// <summary>
    /// Makes sure that the last message that was read still stands in its place. NATS may have come back with less, and what was written
    /// since may reach as far again.
    /// </summary>
    /// <param name="last">The message.</param>
    /// <param name="mark">Its mark; null when it is not known.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when NATS does not answer.</returns>
    /// <exception cref="LogBrokenException">Another one stands there.</exception>
    public async Task<bool> StandsAsync(long last, NatsLogMark? mark, CancellationToken cancellation)
    {
        if (mark is not { } known)
        {
            return true;
        }

        var found = await messages.GetAsync(last, cancellation).ConfigureAwait(false);
        return found.Message is not { } one ? found.IsMissing
            : NatsLogMark.Of(one) == known ? true
            : throw new LogBrokenException(isLost: true, LogChecks.WhyLost(id, last, new LogExtent(id, last, last)));
    }

    // A server of NATS that was away takes its time to get what the others have, and has nothing behind it either.
    private async Task<Missing?> FindMissingAsync(long sequence, CancellationToken cancellation) =>
        (await messages.GetFirstAsync(sequence, cancellation).ConfigureAwait(false)).Message is { Sequence: var next } && next > sequence
            ? new Missing(sequence, next) : null;

    /// <summary>A message that the log does not have, though it goes on behind it.</summary>
    /// <param name="Sequence">Its place in the log.</param>
    /// <param name="Next">The first message behind it.</param>
    internal readonly record struct Missing(long Sequence, long Next);
}
