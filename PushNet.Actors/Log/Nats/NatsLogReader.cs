using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NATS.Client.Core;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Reading;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// Reads the log message by message, without a hole and without a repeat. A consumer brings them. When it is silent, messages are asked
/// for one by one until a consumer brings them again.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="connection">The connection to read by.</param>
/// <param name="stream">The stream.</param>
/// <param name="id">Tells the log from others.</param>
/// <param name="last">The last message that was read before; 0 for none.</param>
/// <param name="session">Names the consumers.</param>
/// <param name="time">The clock.</param>
internal sealed class NatsLogReader(
    NatsLog log, NatsConnection connection, string stream, string id, long last, ulong session, TimeProvider time)
{
    // Servers tick twice within it.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    // Servers of NATS that were away may get it yet.
    private static readonly TimeSpan MissingPatience = TimeSpan.FromSeconds(5);

    private readonly NatsDirectGet _messages = new(connection, stream);
    private NatsLogConsumer? _consumer;
    private long _last = last;
    private NatsLogMark? _mark;
    private long? _missingSince;

    /// <summary>Why messages have to be asked for one by one, as a sentence for operators; null while a consumer brings them.</summary>
    public string? Fault => Volatile.Read(ref _consumer)?.Fault;

    /// <summary>Reads until it is cancelled.</summary>
    /// <exception cref="LogBrokenException">The log is not what it was.</exception>
    public async IAsyncEnumerable<LogMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var delivered = Channel.CreateBounded<LogMessage>(NatsLogConsumer.MaxMessages);
        var consumer = new NatsLogConsumer(connection, stream, session, () => Volatile.Read(ref _last), delivered.Writer);
        Volatile.Write(ref _consumer, consumer);
        var consuming = consumer.RunAsync(end.Token);
        var checks = new NatsLogCheck(log, _messages, id);
        Task<NatsLogCheck.Missing?>? check = null;
        try
        {
            var (patience, checkedAt, isCheckDue, wasSilent) = (Silence, time.GetTimestamp(), false, false);
            NoteMissing(await checks.RunAsync(_last, _mark, cancellation).ConfigureAwait(false));
            while (!cancellation.IsCancellationRequested)
            {
                var message = await NextAsync(delivered.Reader, patience, cancellation).ConfigureAwait(false);
                var isDelivered = message?.Sequence == _last + 1;
                if (message is { Sequence: var sequence } && sequence > _last + 1)
                {
                    // Something is missing before it. Unless that is gone, the next consumer begins in the right place.
                    isCheckDue = true;
                    consumer.Restart();
                    while (delivered.Reader.TryRead(out _))
                    {
                    }
                }

                // Beside the reading, because an election holds the answer up.
                if (check is { IsCompleted: true })
                {
                    NoteMissing(await check.ConfigureAwait(false));
                    check = null;
                }

                if (check is null && (isCheckDue || time.GetElapsedTime(checkedAt) >= CheckInterval))
                {
                    (check, checkedAt, isCheckDue) = (checks.RunAsync(_last, _mark, end.Token), time.GetTimestamp(), false);
                }

                message = isDelivered ? message
                    : message is null ? (await _messages.GetAsync(_last + 1, cancellation).ConfigureAwait(false)).Message
                    : null;
                patience = isDelivered ? Silence : message is null ? Pause : TimeSpan.Zero;
                if (message is null)
                {
                    wasSilent = true;
                }
                else if (wasSilent && !await checks.StandsAsync(_last, _mark, cancellation).ConfigureAwait(false))
                {
                    // It is asked for again.
                    message = null;
                }

                if (message is { } next)
                {
                    (_mark, wasSilent) = (NatsLogMark.Of(next), false);
                    _missingSince = null;
                    Volatile.Write(ref _last, next.Sequence);
                    yield return next;
                }
            }
        }
        finally
        {
            Volatile.Write(ref _consumer, null);
            await end.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(consuming, check ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<LogMessage?> NextAsync(ChannelReader<LogMessage> from, TimeSpan patience, CancellationToken cancellation)
    {
        if (from.TryRead(out var there) || patience == TimeSpan.Zero)
        {
            return there.Sequence == 0 ? null : there;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(patience);
        try
        {
            return await from.ReadAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Finds a hole in front of what was read: the reader would wait for ever.</summary>
    private void NoteMissing(NatsLogCheck.Missing? missing)
    {
        if (missing is not { } hole || hole.Sequence != _last + 1)
        {
            return;
        }

        _missingSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(_missingSince.Value) >= MissingPatience)
        {
            throw new LogBrokenException(
                isLost: false,
                $"message {hole.Sequence} of the log is gone, and the log goes on with message {hole.Next}: somebody deleted it");
        }
    }
}
